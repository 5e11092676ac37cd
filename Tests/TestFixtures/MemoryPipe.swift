// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// One end of a connection that is only memory.
public final class MemoryPipe: MessageConnection {
    public let peer: String
    public let messages: AsyncThrowingStream<TransportMessage, any Error>
    private let incoming: AsyncThrowingStream<TransportMessage, any Error>.Continuation
    private let outgoing = Mutex<AsyncThrowingStream<TransportMessage, any Error>.Continuation?>(nil)

    private init(peer: String) {
        self.peer = peer
        (messages, incoming) = AsyncThrowingStream.makeStream()
    }

    /// Two ends that are joined.
    public static func pair() -> (client: MemoryPipe, server: MemoryPipe) {
        let (client, server) = (MemoryPipe(peer: "fake server"), MemoryPipe(peer: "client"))
        client.outgoing.withLock { $0 = server.incoming }
        server.outgoing.withLock { $0 = client.incoming }
        return (client, server)
    }

    public func send(_ message: TransportMessage) async throws {
        guard let outgoing = outgoing.withLock({ $0 }) else { throw ConnectionError(.closed, "the pipe is closed") }
        outgoing.yield(message)
    }

    public func close() async {
        outgoing.withLock { $0.take() }?.finish()
        incoming.finish()
    }

    /// The other end sees the connection break.
    public func breakOff() {
        outgoing.withLock { $0.take() }?.finish(throwing: ConnectionError(.lost, "the pipe broke"))
    }
}
