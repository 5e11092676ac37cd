// SPDX-License-Identifier: Apache-2.0
public import JSONRPC

/// An open WebSocket, of a client or of a server.
public struct WebSocketConnection: MessageConnection {
    public let peer: String
    public let messages: AsyncThrowingStream<TransportMessage, any Error>

    public func send(_ message: TransportMessage) async throws { throw WebSocketError(.closed, "not there yet") }
    public func close() async {}
}
