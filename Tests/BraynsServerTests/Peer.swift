// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// Somebody who answers requests: an engine in memory, or a backend at the other end of a WebSocket.
protocol Peer: Sendable {
    func send(_ message: TransportMessage) async throws
    func next() async -> Received?
}

extension Backend: Peer {
    func send(_ message: TransportMessage) async throws { send(message, client: 1) }
}
