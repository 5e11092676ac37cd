// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(2))) struct WebSocketFailureTests {
    /// What connecting to an address throws.
    private func failure(
        _ endpoint: WebSocketEndpoint, tls: WebSocketTLS = WebSocketTLS(), timeout: Duration = .seconds(10)
    ) async -> WebSocketError? {
        await #expect(throws: WebSocketError.self) {
            try await WebSocketClient.connect(to: endpoint, tls: tls, timeout: timeout)
        }
    }

    @Test("a port where nobody listens is named")
    func refusedPort() async throws {
        let port = try RawSocket.listener().port
        let error = await failure(WebSocketEndpoint(host: "127.0.0.1", port: port))
        #expect(error?.code == .refused)
        #expect(error?.message.contains("ws://127.0.0.1:\(port): nothing accepts connections") == true)
    }

    @Test("a host that does not exist is named")
    func unknownHost() async {
        let error = await failure(WebSocketEndpoint(host: "nowhere.invalid", port: 5000))
        #expect(error?.code == .unknownHost || error?.code == .deadline)
        #expect(error?.message.contains("'nowhere.invalid'") == true)
    }

    @Test(
        "a server that takes the connection and says nothing is given up, with the likely cause",
        arguments: [
            false, true,
        ])
    func silentServer(isSecure: Bool) async throws {
        let (listener, port) = try RawSocket.listener()
        let error = await failure(
            WebSocketEndpoint(host: "127.0.0.1", port: port, isSecure: isSecure), timeout: .milliseconds(200))
        #expect(error?.code == .deadline)
        #expect(error?.message.contains("said nothing for 0.2 s; its limit of clients (--max-clients)") == true)
        withExtendedLifetime(listener) {}
    }

    @Test(
        "what answers otherwise than a WebSocket server is told apart",
        arguments: [
            ("garbage\r\n\r\n", WebSocketError.Code.lost),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .protocolViolation),
            ("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", .refused),
            ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", .refused),
            ("HTTP/1.1 301 Moved\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", .protocolViolation),
            (
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: wrong\r\n\r\n", .protocolViolation
            ),
            ("", .lost),
        ])
    func nonsense(answer: String, code: WebSocketError.Code) async throws {
        let (listener, port) = try RawSocket.listener()
        let serving = Task {
            try await onThread {
                let socket = try listener.accept()
                _ = try socket.readHead()
                try socket.write(answer)
            }
        }
        let error = await failure(WebSocketEndpoint(host: "127.0.0.1", port: port), timeout: .seconds(5))
        #expect(error?.code == code, "\(error?.message ?? "")")
        try await serving.value
    }

    @Test("cancelling the task ends the attempt at once")
    func cancelling() async throws {
        let (listener, port) = try RawSocket.listener()
        let task = Task { try await WebSocketClient.connect(to: WebSocketEndpoint(host: "127.0.0.1", port: port)) }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        let error = await #expect(throws: WebSocketError.self) { try await task.value }
        #expect(error?.code == .closed)
        withExtendedLifetime(listener) {}
    }

    @Test("a connection lost in the middle of a message is reported, and nothing half is delivered")
    func lostInMessage() async throws {
        let (listener, port) = try RawSocket.listener()
        let serving = Task {
            try await onThread {
                let socket = try listener.accept()
                _ = try RawHandshake.accept(socket)
                try socket.write(RawFrame(RawFrame.text, Array("whole".utf8)).unmasked())
                try socket.write(Array(RawFrame(RawFrame.binary, pattern(1 << 20)).unmasked()[..<500_000]))
            }
        }
        let connection = try await WebSocketClient.connect(to: WebSocketEndpoint(host: "127.0.0.1", port: port))
        var arrived = connection.messages.makeAsyncIterator()
        #expect(try await arrived.next() == .text("whole"))
        do {
            _ = try await arrived.next()
            Issue.record("half a message was delivered")
        } catch {
            let error = try #require(error as? WebSocketError)
            #expect(error.code == .lost)
            #expect(error.connectionCode == .lost)
            #expect(error.message.contains("bytes of a message"))
        }
        let later = await #expect(throws: WebSocketError.self) { try await connection.send(.text("x")) }
        #expect(later?.code == .lost)
        try await serving.value
    }

    @Test(
        "a message beyond the cap ends the connection before it is taken in",
        arguments: [
            // A thousand bytes too many in two fragments; a terabyte; 2^63 - 1.
            [], [0, 0, 1, 0, 0, 0, 0, 0], [0x7F] + [UInt8](repeating: 0xFF, count: 7),
        ] as [[UInt8]])
    func tooLarge(claim: [UInt8]) async throws {
        let (listener, port) = try RawSocket.listener()
        let serving = Task {
            try await onThread {
                let socket = try listener.accept()
                _ = try RawHandshake.accept(socket)
                if claim.isEmpty {
                    try socket.write(RawFrame(RawFrame.binary, pattern(900), isFinal: false).unmasked())
                    try socket.write(RawFrame(RawFrame.continuation, pattern(900)).unmasked())
                } else {
                    try socket.write([0x82, 127] + claim + pattern(70_000))
                }
                return try RawFrame(from: socket)
            }
        }
        let connection = try await WebSocketClient.connect(
            to: WebSocketEndpoint(host: "127.0.0.1", port: port), maxMessageBytes: 1000)
        let error = await #expect(throws: WebSocketError.self) { try await connection.nextArrival() }
        #expect(error?.code == .tooLarge, "\(error?.message ?? "")")
        let goodbye = try await serving.value
        #expect(goodbye.opcode == RawFrame.close)
        #expect(goodbye.payload == [0x03, 0xF1] as [UInt8])
    }

    @Test("text that is no UTF-8 ends the connection")
    func badText() async throws {
        let (listener, port) = try RawSocket.listener()
        let serving = Task {
            try await onThread {
                let socket = try listener.accept()
                _ = try RawHandshake.accept(socket)
                try socket.write(RawFrame(RawFrame.text, [0x61, 0xFF]).unmasked())
                return try RawFrame(from: socket)
            }
        }
        let connection = try await WebSocketClient.connect(to: WebSocketEndpoint(host: "127.0.0.1", port: port))
        let error = await #expect(throws: WebSocketError.self) { try await connection.nextArrival() }
        #expect(error?.code == .protocolViolation)
        #expect(try await serving.value.payload == [0x03, 0xEF] as [UInt8])
    }

    @Test("a header that could smuggle others is refused")
    func badHeader() async {
        await #expect(throws: WebSocketError.self) {
            try await WebSocketClient.connect(
                to: WebSocketEndpoint(host: "127.0.0.1", port: 1), headers: [("X-A", "b\r\nX-C: d")])
        }
    }

    @Test(
        "an address that could smuggle a header, or has no port, is refused",
        arguments: [
            WebSocketEndpoint(host: "localhost", port: 5000, path: "/\r\nX-A: b"),
            WebSocketEndpoint(host: "local\nhost", port: 5000), WebSocketEndpoint(host: "localhost", port: 0),
            WebSocketEndpoint(host: "localhost", port: .max),
            WebSocketEndpoint(host: "localhost", port: 1, path: "/ b"),
        ])
    func badEndpoint(endpoint: WebSocketEndpoint) async {
        #expect(await failure(endpoint)?.code == .badEndpoint)
    }
}
