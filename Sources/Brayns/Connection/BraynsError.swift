// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// What went wrong between this client and a Brayns server.
public struct BraynsError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// The server answered with an error of its own; `answer` holds it.
        case server
        /// No connection could be made: nobody listens, unknown host, wrong certificate, no address.
        case unreachable
        /// The connection ended before the answer came.
        case connectionLost
        /// The answer did not come in time.
        case deadline
        /// The answer is not what the method gives.
        case badReply
        /// The server has another version than asked for.
        case version
        /// A value that the server would refuse, or that would end it.
        case badArgument
        /// A file on this machine cannot be read or written.
        case file
    }

    public var code: Code
    /// One sentence that names the server, the method and the cause.
    public var message: String
    /// The server's error answer, for `.server`.
    public var answer: RPCError?
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, answer: RPCError? = nil, underlying: (any Error)? = nil) {
        (self.code, self.message, self.answer, self.underlying) = (code, message, answer, underlying)
    }

    public var description: String { message }
}
