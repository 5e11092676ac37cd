// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// One end of a connection that is only memory.
final class MemoryConnection: MessageConnection {
    let peer = "memory"
    let messages: AsyncThrowingStream<TransportMessage, any Error>
    private let incoming: AsyncThrowingStream<TransportMessage, any Error>.Continuation
    private let other = Mutex<AsyncThrowingStream<TransportMessage, any Error>.Continuation?>(nil)
    private let closed = Mutex(false)

    private init() { (messages, incoming) = AsyncThrowingStream.makeStream() }

    /// Two ends that are joined.
    static func pair() -> (client: MemoryConnection, server: MemoryConnection) {
        let (client, server) = (MemoryConnection(), MemoryConnection())
        client.other.withLock { $0 = server.incoming }
        server.other.withLock { $0 = client.incoming }
        return (client, server)
    }

    var isClosed: Bool { closed.withLock { $0 } }

    func send(_ message: TransportMessage) async throws {
        guard !isClosed else { throw ConnectionError(.closed, "memory is closed") }
        other.withLock { _ = $0?.yield(message) }
    }

    func close() async {
        closed.withLock { $0 = true }
        other.withLock { $0?.finish() }
        incoming.finish()
    }

    /// The other end sees the connection break.
    func breakOff() { other.withLock { $0?.finish(throwing: ConnectionError(.lost, "memory was lost")) } }

    /// Waits for the next request.
    func nextRequest() async throws -> RPCRequest? {
        for try await message in messages { return try RPCRequestParser.parse(message).get() }
        return nil
    }
}
