// SPDX-License-Identifier: Apache-2.0

/// An open connection that carries whole messages both ways.
///
/// Messages arrive in order on `messages`, which has one consumer. The stream ends normally when the peer
/// or `close()` ended the connection in good order, and throws when the connection was lost.
public protocol MessageConnection: Sendable {
    /// Who is at the other end, for messages to people: `ws://127.0.0.1:5000`.
    var peer: String { get }

    /// What arrives, in order.
    var messages: AsyncThrowingStream<TransportMessage, any Error> { get }

    /// Hands one message to the transport and returns when it has been taken over.
    func send(_ message: TransportMessage) async throws

    /// Ends the connection; further sends fail. Safe to call twice.
    func close() async
}
