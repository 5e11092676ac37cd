// SPDX-License-Identifier: Apache-2.0
public import JSONRPC

/// Why a connection could not be made, or ended.
public struct WebSocketError: Error, Sendable {
    /// The kinds of failure, for callers that act on them.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The text names no address.
        case badEndpoint
        /// The host name is not known.
        case unknownHost
        /// Nothing listens there, or the network forbids it.
        case refused
        /// The server's certificate is not trusted, or names another host.
        case certificate
        /// The other side does not speak WebSocket, or broke its rules.
        case protocolViolation
        /// No answer within the time allowed.
        case deadline
        /// The connection broke.
        case lost
        /// This side has closed the connection.
        case closed
        /// A message was larger than allowed.
        case tooLarge
        /// A certificate or key file of this side cannot be used, or an address not be listened on.
        case configuration
        /// The system gave no memory, thread or descriptor.
        case resources
    }

    public var code: Code

    /// One sentence that names the host, what happened and what to do.
    public var message: String

    /// What lay beneath, if anything.
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}

extension WebSocketError: CustomStringConvertible {
    public var description: String { message }
}

extension WebSocketError: ConnectionFailure {
    public var connectionCode: ConnectionError.Code {
        switch code {
        case .badEndpoint, .unknownHost, .refused, .certificate, .configuration: .refused
        case .protocolViolation: .protocolViolation
        case .deadline: .deadline
        case .lost, .resources: .lost
        case .closed: .closed
        case .tooLarge: .tooLarge
        }
    }
}
