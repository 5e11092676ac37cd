// SPDX-License-Identifier: Apache-2.0

/// Why a scene could not be built or a frame not be drawn.
public struct RaytracerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// The frame was cancelled before it was done.
        case cancelled
        /// Geometry, camera or settings hold values that cannot be drawn.
        case invalidInput
        /// More triangles, instances or pixels than are allowed or can be numbered.
        case limits
        /// Embree is missing something or ran out of memory.
        case environment
        /// Something that this renderer does not do.
        case unsupported
    }

    public var code: Code
    /// One sentence: what, where, what to do.
    public var message: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        (self.code, self.message, self.underlying) = (code, message, underlying)
    }

    public var description: String { message }
}
