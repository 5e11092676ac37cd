// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Testing

@Suite struct RPCClientCancellationTests {
    @Test("a cancelled task that drops locally ends at once and sends nothing")
    func dropLocally() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let task = Task { try await client.call("get-version") }
        let id = try #require(try await server.nextRequest()?.id)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await server.send(RPCResponse.result(id: id, "late"))
        let next = Task { try await client.call("registry") }
        let request = try #require(try await server.nextRequest())
        #expect(request.method == "registry")
        try await server.send(RPCResponse.result(id: try #require(request.id), []))
        #expect(try await next.value.result == [])
    }

    @Test("a cancelled task that asks the server ends with the server's last word", arguments: [true, false])
    func sendCancel(wasInTime: Bool) async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let task = Task { try await client.call("snapshot", cancellation: .sendCancel) }
        let id = try #require(try await server.nextRequest()?.id)
        task.cancel()
        let cancel = try #require(try await server.nextRequest())
        #expect(cancel.method == "cancel")
        #expect(cancel.params == ["id": id.json])
        try await server.send(RPCResponse.result(id: try #require(cancel.id), nil))
        let last =
            wasInTime
            ? RPCResponse.error(id: id, RPCError(code: RPCError.cancelledCode, message: "Task has been cancelled"))
            : RPCResponse.result(id: id, ["done": true])
        try await server.send(last)
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a server that never says its last word is waited for no longer than the bound")
    func bound() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection, cancelBound: .milliseconds(20))
        let task = Task { try await client.call("snapshot", cancellation: .sendCancel) }
        _ = try await server.nextRequest()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await server.nextRequest()?.method == "cancel")
    }

    @Test("a task that was cancelled before sends nothing")
    func cancelledBefore() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.call("snapshot", cancellation: .sendCancel)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await client.close()
        #expect(try await server.nextRequest() == nil)
    }

    @Test("a missed deadline asks the server to stop what it is at")
    func deadlineCancels() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let reply = Task { try await client.call("snapshot", cancellation: .sendCancel, deadline: .milliseconds(20)) }
        _ = try await server.nextRequest()
        await #expect(throws: ConnectionError.self) { try await reply.value }
        #expect(try await server.nextRequest()?.method == "cancel")
    }

    @Test("closing the client fails what is under way", arguments: [RPCClient.Cancellation.sendCancel, .dropLocally])
    func close(cancellation: RPCClient.Cancellation) async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let task = Task { try await client.call("snapshot", cancellation: cancellation) }
        _ = try await server.nextRequest()
        await client.close()
        let error = await #expect(throws: ConnectionError.self) { try await task.value }
        #expect(error?.code == .closed)
    }

    @Test("a client that nobody holds any more closes its connection")
    func abandoned() async throws {
        let (connection, server) = MemoryConnection.pair()
        do { _ = RPCClient(connection: connection) }
        #expect(try await server.nextRequest() == nil)
        #expect(connection.isClosed)
    }
}
