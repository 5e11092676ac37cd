// SPDX-License-Identifier: Apache-2.0
public import JSONRPC

/// An open WebSocket, of a client or of a server.
///
/// It closes by itself when nobody holds it or its messages any more.
public struct WebSocketConnection: TimedMessageConnection {
    public let peer: String
    public let messages: AsyncThrowingStream<TransportMessage, any Error>
    private let lease: Lease

    /// Closes the connection with its last holder.
    private final class Lease: Sendable {
        let link: WebSocketLink
        /// Waited for after the connection has ended.
        let afterwards: @Sendable () async -> Void

        init(link: WebSocketLink, afterwards: @escaping @Sendable () async -> Void) {
            self.link = link
            self.afterwards = afterwards
        }

        deinit { link.beginClose() }
    }

    init(link: WebSocketLink, afterwards: @escaping @Sendable () async -> Void = {}) {
        let lease = Lease(link: link, afterwards: afterwards)
        self.lease = lease
        peer = link.peer
        messages = AsyncThrowingStream { try await lease.link.nextArrival()?.message }
    }

    /// Sends one message as one frame and returns when the system has taken its last byte.
    ///
    /// - Throws: `WebSocketError` when the connection has ended or ends; `CancellationError` when the task is
    ///   cancelled before the message has left.
    public func send(_ message: TransportMessage) async throws { try await lease.link.send(message) }

    public func nextArrival() async throws -> ArrivedMessage? { try await lease.link.nextArrival() }

    /// Sends what is in line, says goodbye and returns when the connection has ended, after seconds at most.
    public func close() async {
        lease.link.beginClose()
        await lease.link.ended.value()
        await lease.afterwards()
    }
}
