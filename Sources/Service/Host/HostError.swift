// SPDX-License-Identifier: Apache-2.0

/// Why the service cannot start or go on.
public struct HostError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable {
        /// What the service was told to serve makes no sense.
        case configuration
        /// The address cannot be taken, or a file not be opened.
        case environment
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
