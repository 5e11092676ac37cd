// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(2))) struct WebSocketMessageTests {
    @Test("messages of every kind of length come back whole", arguments: [false, true])
    func echo(isSecure: Bool) async throws {
        var options = WebSocketServer.Options()
        if isSecure { options.tls = TestCertificates.tls }
        let server = try await TestServer.start(options)
        var endpoint = server.endpoint
        endpoint.isSecure = isSecure
        let tls = WebSocketTLS(caFile: TestCertificates.localhost)
        let connection = try await WebSocketClient.connect(to: endpoint, tls: tls)
        var arrived = connection.messages.makeAsyncIterator()
        for size in [0, 1, 7, 64, 125, 126, 127, 257, 65535, 65536, 65537, 262_144, 1_000_003] {
            let bytes = pattern(size)
            let text = String(repeating: "é☃x", count: size / 6)
            for message in [TransportMessage.binary(bytes), .text(text)] {
                try await connection.send(message)
                #expect(try await arrived.next() == message, "\(size)")
            }
        }
        await connection.close()
        #expect(try await arrived.next() == nil)
        await server.stop()
    }

    @Test("a message of 30 MB leaves a client as one frame")
    func oneFrame() async throws {
        let (listener, port) = try RawSocket.listener()
        let large = Task {
            try await onThread {
                let socket = try listener.accept()
                _ = try RawHandshake.accept(socket)
                let frames = try [RawFrame(from: socket), RawFrame(from: socket)]
                try socket.write(RawFrame(RawFrame.text, Array("done".utf8)).unmasked())
                _ = socket.readAll()
                return frames
            }
        }
        let connection = try await WebSocketClient.connect(to: WebSocketEndpoint(host: "127.0.0.1", port: port))
        let bytes = pattern(30 << 20)
        try await connection.send(.binary(bytes))
        try await connection.send(.text("{}"))
        #expect(try await connection.nextArrival()?.message == .text("done"))
        await connection.close()
        let frames = try await large.value
        #expect(frames.map(\.opcode) == [RawFrame.binary, RawFrame.text])
        #expect(frames.allSatisfy { $0.isFinal && $0.isMasked })
        #expect(frames[0].payload == bytes)
        #expect(frames[1].payload == Array("{}".utf8))
    }

    @Test("a message of 8 MB leaves a server as one frame, and a pong waits for its end")
    func oneFrameFromServer() async throws {
        let bytes = pattern(8 << 20)
        let server = try await TestServer.start { connection in
            for try await _ in connection.messages { try await connection.send(.binary(bytes)) }
        }
        try await onThread {
            let socket = try RawHandshake.connect(server.port)
            try socket.write(RawFrame(RawFrame.text, []).masked())
            // The server is in the middle of its frame when the ping comes.
            let head = try socket.read(1 << 16)
            try socket.write(RawFrame(RawFrame.ping, [7]).masked())
            #expect(Array(head[..<10]) == [0x82, 127, 0, 0, 0, 0, 0, 0x80, 0, 0])
            let rest = try socket.read((8 << 20) + 10 - head.count)
            #expect(Array(head[10...]) + rest == bytes)
            let pong = try RawFrame(from: socket)
            #expect(pong.opcode == RawFrame.pong)
            #expect(pong.payload == [7])
        }
        await server.stop()
    }

    @Test("many messages of several tasks arrive whole, and those of one task in order")
    func manySenders() async throws {
        let server = try await TestServer.start()
        let connection = try await WebSocketClient.connect(to: server.endpoint)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<8 {
                group.addTask {
                    for number in 0..<100 { try await connection.send(.text("\(sender) \(number)")) }
                }
            }
            var next = [Int](repeating: 0, count: 8)
            for _ in 0..<800 {
                guard case .text(let text)? = try await connection.nextArrival()?.message else {
                    Issue.record("no text")
                    return
                }
                let parts = text.split(separator: " ").compactMap { Int($0) }
                #expect(next[parts[0]] == parts[1])
                next[parts[0]] += 1
            }
            try await group.waitForAll()
        }
        await connection.close()
        await server.stop()
    }

    @Test("a reader that is slow holds up the sender, and nothing is lost")
    func backPressure() async throws {
        let sent = Progress()
        let server = try await TestServer.start { connection in
            for number in 0..<60 {
                try await connection.send(.binary(pattern(4 << 20, seed: number)))
                sent.count = number + 1
            }
            _ = try await connection.nextArrival()
        }
        let connection = try await WebSocketClient.connect(to: server.endpoint)
        try await Task.sleep(for: .seconds(1))
        // The client keeps 64 MB, the system's buffers a few more.
        #expect(sent.count < 30)
        for number in 0..<60 {
            #expect(try await connection.nextArrival()?.message == .binary(pattern(4 << 20, seed: number)))
        }
        await connection.close()
        await server.stop()
    }

    @Test("the instants of arrival are in order")
    func arrival() async throws {
        let server = try await TestServer.start()
        let connection = try await WebSocketClient.connect(to: server.endpoint)
        let before = ContinuousClock.now
        try await connection.send(.binary(pattern(4 << 20)))
        let arrived = try #require(try await connection.nextArrival())
        #expect(before < (try #require(arrived.firstByteAt)))
        #expect(try #require(arrived.firstByteAt) < arrived.receivedAt)
        await connection.close()
        await server.stop()
    }

    @Test("requests and answers of JSON-RPC travel over it, payloads too")
    func remoteCalls() async throws {
        let server = try await TestServer.start { connection in
            for try await message in connection.messages {
                let request = try RPCRequestParser.parse(message).get()
                guard let id = request.id else { continue }
                for step in 0..<3 {
                    try await connection.send(
                        RPCResponse.progress(method: request.method, id: id, amount: Double(step) / 4, operation: "x"))
                }
                try await connection.send(
                    RPCResponse.result(id: id, request.params ?? .null, payload: request.payload))
            }
        }
        let client = RPCClient(connection: try await WebSocketClient.connect(to: server.endpoint))
        let words = Progress()
        let payload = pattern(2_000_001)
        let reply = try await client.call("upload-model", ["type": "obj"], payload: payload) { _ in words.count += 1 }
        #expect(reply.result == ["type": "obj"])
        #expect(reply.payload == payload)
        #expect(words.count == 3)
        #expect(reply.timing.firstByteAt != nil)
        await server.stop()
        let error = await #expect(throws: ConnectionError.self) { try await client.call("get-version") }
        #expect(error?.code == .lost)
        await client.close()
    }
}
