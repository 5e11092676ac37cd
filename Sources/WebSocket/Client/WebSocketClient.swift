// SPDX-License-Identifier: Apache-2.0

/// Opens connections to WebSocket servers.
public enum WebSocketClient {
    /// Connects, and returns when the server has agreed to speak WebSocket.
    ///
    /// - Parameters:
    ///   - timeout: for everything: name look-up, TCP, TLS, handshake.
    ///   - maxMessageBytes: a larger message from the server ends the connection; at most 2^31 - 1.
    ///   - headers: sent with the handshake in addition to the usual ones.
    public static func connect(
        to endpoint: WebSocketEndpoint, tls: WebSocketTLS = WebSocketTLS(), timeout: Duration = .seconds(10),
        maxMessageBytes: Int = 512 << 20, headers: [(name: String, value: String)] = []
    ) async throws(WebSocketError) -> WebSocketConnection {
        throw WebSocketError(.refused, "not there yet")
    }
}
