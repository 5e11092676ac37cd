// SPDX-License-Identifier: Apache-2.0

/// Why a renderer could not do what it was asked.
public struct RendererError: Error, Sendable, CustomStringConvertible {
    /// Who has to do something about it.
    public enum Blame: String, Sendable, Hashable, Codable {
        /// The model or picture asked for.
        case input
        /// A limit the user can lift.
        case limits
        /// Not a format or loader the backend has.
        case unsupported
        /// The backend answered with an error of its own.
        case remote
        /// The renderer crashed or the connection is gone; another one may be tried.
        case rendererLost
        /// This machine: no memory, no program, no permission.
        case environment
    }

    public var blame: Blame
    /// "connect", "load", "render", "transfer" ….
    public var stage: String
    /// One sentence: what, where, what to do.
    public var message: String
    public var underlying: (any Error)?

    public init(_ blame: Blame, stage: String, _ message: String, underlying: (any Error)? = nil) {
        (self.blame, self.stage, self.message, self.underlying) = (blame, stage, message, underlying)
    }

    public var description: String { message }
}
