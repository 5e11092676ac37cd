// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// What carries one request to a server and brings its answer: a network client, or memory in tests.
public protocol HTTPTransport: Sendable {
    /// Sends a request and gives the answer as soon as its head is there.
    ///
    /// - Throws: `TransportError`; `CancellationError` when the task was cancelled.
    func send(_ request: HTTPRequest, body: RequestBody, timeout: Duration) async throws -> TransportResponse
}

/// An answer whose body may still be on its way.
public struct TransportResponse: Sendable {
    public var head: HTTPResponse
    public var body: ResponseBody

    public init(_ head: HTTPResponse, body: ResponseBody = ResponseBody(bytes: [])) {
        (self.head, self.body) = (head, body)
    }
}

/// Why no answer came, or only a part of one.
public struct TransportError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// No connection was made, so nothing was sent.
        case unreachable
        /// The peer's certificate is not to be trusted, or TLS cannot be agreed on.
        case insecure
        /// The connection ended while the request or the answer was under way.
        case broken
        /// Nothing came in the time allowed.
        case timedOut
        /// A stream that the caller gave failed while it was read.
        case source
    }

    public var code: Code
    /// A clause such as "the connection was closed before an answer came".
    public var message: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        (self.code, self.message, self.underlying) = (code, message, underlying)
    }

    public var description: String { message }
}
