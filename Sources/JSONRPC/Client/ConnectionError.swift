// SPDX-License-Identifier: Apache-2.0

/// Why a request got no answer: something is wrong with the way to the server, not with the request.
public struct ConnectionError: Error, Sendable {
    /// What happened to the connection.
    public enum Code: String, Sendable, Hashable {
        /// It broke.
        case lost
        /// This side closed it.
        case closed
        /// No answer within the time allowed.
        case deadline
        /// It was never made: refused, unknown host, wrong certificate.
        case refused
        /// A message was larger than allowed.
        case tooLarge
        /// The other side does not speak JSON-RPC.
        case protocolViolation
    }

    public var code: Code

    /// One sentence that names the server, the stage and what to do.
    public var message: String

    /// What lay beneath, if anything.
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}

extension ConnectionError: CustomStringConvertible {
    public var description: String { message }
}
