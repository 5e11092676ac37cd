// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization
import Testing

@Suite struct RPCClientTests {
    @Test("answers find their requests by id, in any order")
    func outOfOrder() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let reply = try await client.call("echo", ["n": .int(Int64(number))])
                    #expect(reply.result == .int(Int64(number)))
                    #expect(reply.payload.isEmpty)
                }
            }
            var requests: [RPCRequest] = []
            while requests.count < 50, let request = try await server.nextRequest() { requests.append(request) }
            for request in requests.reversed() {
                try await server.send(
                    RPCResponse.result(id: try #require(request.id), request.params?["n"] ?? .null))
            }
            try await group.waitForAll()
        }
        await client.close()
        #expect(connection.isClosed)
    }

    @Test("payloads travel both ways", arguments: [0, 1, 7, 64, 257])
    func payloads(size: Int) async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let reply = Task { try await client.call("upload", payload: bytes) }
        let request = try #require(try await server.nextRequest())
        #expect(request.payload == bytes)
        #expect(request.params == nil)
        try await server.send(
            RPCResponse.result(id: try #require(request.id), nil, payload: request.payload.reversed()))
        let received = try await reply.value
        #expect(received.payload == bytes.reversed())
        #expect(received.timing.receivedAt >= received.timing.sentAt)
    }

    @Test("a flood of progress arrives whole, in order and before the answer")
    func progressFlood() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let seen = Mutex<[Double]>([])
        let reply = Task { try await client.call("add-model") { word in seen.withLock { $0.append(word.amount) } } }
        let id = try #require(try await server.nextRequest()?.id)
        for step in 0..<5000 {
            try await server.send(
                RPCResponse.progress(method: "add-model", id: id, amount: Double(step) / 8192, operation: "Loading..."))
            try await server.send(
                RPCResponse.progress(method: "other", id: .string("other"), amount: 0, operation: ""))
        }
        try await server.send(RPCResponse.result(id: id, true))
        #expect(try await reply.value.result == true)
        #expect(seen.withLock { $0 } == (0..<5000).map { Double($0) / 8192 })
    }

    @Test("an error answer is thrown with its code, text and details")
    func errorAnswer() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let error = RPCError(code: -32602, message: "Invalid params schema", data: ["id: wrong", "x: unknown"])
        let reply = Task { try await client.call("get-model", ["id": -1]) }
        let id = try #require(try await server.nextRequest()?.id)
        try await server.send(RPCResponse.error(id: id, error))
        await #expect(throws: error) { try await reply.value }
        #expect(error.details == ["id: wrong", "x: unknown"])
    }

    @Test("an error without an id reaches whoever waits")
    func errorWithoutID() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let reply = Task { try await client.call("get-model") }
        _ = try await server.nextRequest()
        let error = RPCError(code: -32700, message: "Invalid JSON: ''")
        try await server.send(RPCResponse.error(id: nil, error))
        await #expect(throws: error) { try await reply.value }
    }

    @Test("a lost connection fails every waiter with a sentence that says so")
    func lostConnection() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        await withTaskGroup(of: ConnectionError?.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    do { _ = try await client.call("snapshot", stage: "render view 3") } catch {
                        return error as? ConnectionError
                    }
                    return nil
                }
            }
            for _ in 0..<3 { _ = try? await server.nextRequest() }
            server.breakOff()
            for await error in group {
                #expect(error?.code == .lost)
                #expect(error?.message == "snapshot (render view 3) got no answer: memory was lost")
            }
        }
        #expect(!client.isOpen)
        let later = await #expect(throws: ConnectionError.self) { try await client.call("get-version") }
        #expect(later?.code == .lost)
    }

    @Test(
        "what a server must not send ends the connection",
        arguments: [
            TransportMessage.text("hello"), .text("[]"), .text("{}"), .binary([1]), .binary([9, 0, 0, 0]),
        ])
    func nonsense(message: TransportMessage) async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let reply = Task { try await client.call("get-version") }
        _ = try await server.nextRequest()
        try await server.send(message)
        let error = await #expect(throws: ConnectionError.self) { try await reply.value }
        #expect(error?.code == .protocolViolation)
    }

    @Test("a deadline ends the wait, and the late answer is dropped")
    func deadline() async throws {
        let (connection, server) = MemoryConnection.pair()
        let client = RPCClient(connection: connection)
        let reply = Task { try await client.call("get-version", deadline: .milliseconds(20), stage: "hello") }
        let id = try #require(try await server.nextRequest()?.id)
        let error = await #expect(throws: ConnectionError.self) { try await reply.value }
        #expect(error?.code == .deadline)
        #expect(error?.message.contains("did not answer get-version (hello) within 0.02 s") == true)
        try await server.send(RPCResponse.result(id: id, "late"))
        let second = Task { try await client.call("get-version") }
        let secondID = try #require(try await server.nextRequest()?.id)
        #expect(secondID != id)
        try await server.send(RPCResponse.result(id: secondID, "in time"))
        #expect(try await second.value.result == "in time")
    }
}
