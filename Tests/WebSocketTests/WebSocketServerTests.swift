// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(2))) struct WebSocketServerTests {
    /// Sends bytes and takes everything that comes until the server hangs up.
    private func answer(to request: [UInt8], from port: Int) async throws -> String {
        try await onThread {
            let socket = try RawSocket.connect(port)
            try socket.write(request)
            return String(decoding: socket.readAll(), as: UTF8.self)
        }
    }

    /// The recorded head and body without its date.
    private func undated(_ answer: String) -> String {
        answer.split(separator: "\r\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("Date: ") }
            .joined(separator: "\r\n")
    }

    @Test("plain HTTP is answered as recorded", arguments: ["00-http-healthz", "01-http-get-root"])
    func plainHTTP(folder: String) async throws {
        let server = try await TestServer.start()
        let request = try Fixtures.bytes("brayns/\(folder)/request.http")
        let expected = String(decoding: try Fixtures.bytes("brayns/\(folder)/response.http"), as: UTF8.self)
        let answer = try await answer(to: request, from: server.port)
        #expect(undated(answer) == undated(expected))
        #expect(answer.contains("\r\nDate: "))
        await server.stop()
    }

    @Test(
        "recorded handshakes succeed, and the recorded frames are taken",
        arguments: [
            "02-ws-handshake", "03-ws-handshake-deflate-subprotocol", "04-ws-ping", "05-ws-pong", "06-ws-fragmented",
            "07-ws-fragmented-separate", "08-ws-unmasked", "09-ws-empty-text", "10-ws-close",
        ])
    func recordedFrames(folder: String) async throws {
        let server = try await TestServer.start()
        let request = try Fixtures.bytes("brayns/\(folder)/request.http")
        let frames = (try? Fixtures.bytes("brayns/\(folder)/then-sent.bin")) ?? []
        let port = server.port
        let (head, reply) = try await onThread { () -> (String, RawFrame?) in
            let socket = try RawSocket.connect(port)
            try socket.write(request)
            let head = try socket.readHead()
            try socket.write(frames)
            return (head, frames.isEmpty || folder.contains("pong") ? nil : try? RawFrame(from: socket))
        }
        #expect(head.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
        #expect(head.contains(RawHandshake.acceptLine))
        #expect(!head.lowercased().contains("deflate"))
        switch folder.prefix(2) {
        case "04": #expect(reply?.opcode == RawFrame.pong && reply?.payload == Array("hi".utf8))
        case "02", "06", "07":
            #expect(reply.map { String(decoding: $0.payload, as: UTF8.self) }?.contains("get-version") == true)
        case "09": #expect(reply?.opcode == RawFrame.text && reply?.payload == [])
        case "10": #expect(reply?.opcode == RawFrame.close)
        default: break
        }
        await server.stop()
    }

    @Test("only the required path is open")
    func requiredPath() async throws {
        var options = WebSocketServer.Options()
        options.requiredPath = "/secret"
        let server = try await TestServer.start(options)
        for path in ["/", "/secre", "/secretx", "/other"] {
            var endpoint = server.endpoint
            endpoint.path = path
            let error = await #expect(throws: WebSocketError.self) { try await WebSocketClient.connect(to: endpoint) }
            #expect(error?.message.contains("HTTP 404") == true)
        }
        var endpoint = server.endpoint
        endpoint.path = "/secret"
        let connection = try await WebSocketClient.connect(to: endpoint)
        await connection.close()
        await server.stop()
    }

    @Test("beyond the limit of clients newcomers are told so, and places become free again")
    func maxClients() async throws {
        var options = WebSocketServer.Options()
        options.maxClients = 2
        let server = try await TestServer.start(options)
        let first = try await WebSocketClient.connect(to: server.endpoint)
        let second = try await WebSocketClient.connect(to: server.endpoint)
        let error = await #expect(throws: WebSocketError.self) {
            try await WebSocketClient.connect(to: server.endpoint)
        }
        #expect(error?.code == .refused)
        #expect(error?.message.contains("--max-clients") == true)
        await first.close()
        let third = try await WebSocketClient.connect(to: server.endpoint)
        await third.close()
        await second.close()
        await server.stop()
    }

    @Test("those in line are served in order when a place is free, plain HTTP at once, and no more than agreed wait")
    func line() async throws {
        var options = WebSocketServer.Options()
        (options.maxClients, options.maxWaiting) = (1, 2)
        let server = try await TestServer.start(options)
        let port = server.port
        try await onThread {
            let first = try RawHandshake.connect(port)
            let second = try RawHandshake.asked(port)
            let third = try RawHandshake.asked(port)
            let health = try RawSocket.connect(port)
            try health.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(String(decoding: health.readAll(), as: UTF8.self).hasPrefix("HTTP/1.1 200 OK"))
            #expect(try RawHandshake.asked(port).readHead().hasPrefix("HTTP/1.1 503"))
            #expect(second.read(for: 1).isEmpty)
            first.reset()
            #expect(try second.readHead().hasPrefix("HTTP/1.1 101"))
            #expect(third.read(for: 1).isEmpty)
            second.reset()
            #expect(try third.readHead().hasPrefix("HTTP/1.1 101"))
            try third.write(RawFrame(RawFrame.text, Array("my turn".utf8)).masked())
            #expect(try RawFrame(from: third).payload == Array("my turn".utf8))
        }
        await server.stop()
    }

    @Test("who leaves the line leaves it to others")
    func leavingTheLine() async throws {
        var options = WebSocketServer.Options()
        (options.maxClients, options.maxWaiting) = (1, 1)
        let server = try await TestServer.start(options)
        let port = server.port
        try await onThread {
            let first = try RawHandshake.connect(port)
            for isSilent in [false, true] {
                let other = isSilent ? try RawSocket.connect(port) : try RawHandshake.asked(port)
                #expect(other.read(for: 1).isEmpty)
                other.reset()
            }
            // The server looks for goodbyes now and then; until it has, the line is full.
            var waiting = try RawHandshake.asked(port)
            for _ in 0..<100 {
                if waiting.read(for: 1).isEmpty { break }
                usleep(100_000)
                waiting = try RawHandshake.asked(port)
            }
            first.reset()
            #expect(try waiting.readHead().hasPrefix("HTTP/1.1 101"))
        }
        await server.stop()
    }

    @Test("a client that vanishes in the middle of a message harms nobody", arguments: [false, true])
    func vanishing(byReset: Bool) async throws {
        let server = try await TestServer.start()
        let other = try await WebSocketClient.connect(to: server.endpoint)
        let port = server.port
        try await onThread {
            for _ in 0..<5 {
                let socket = try RawHandshake.connect(port)
                try socket.write(Array(RawFrame(RawFrame.binary, pattern(100_000)).masked()[..<50_000]))
                if byReset { socket.reset() }
            }
        }
        try await other.send(.text("still here"))
        #expect(try await other.nextArrival()?.message == .text("still here"))
        await other.close()
        await server.stop()
    }

    @Test("sending to a client that has gone fails and does not hang")
    func sendingToTheDead() async throws {
        let outcome = Promise<(any Error)?>()
        let server = try await TestServer.start { connection in
            do {
                for _ in 0..<100 { try await connection.send(.binary(pattern(1 << 20))) }
                outcome.fulfil(nil)
            } catch {
                outcome.fulfil(error)
            }
        }
        let port = server.port
        try await onThread {
            let socket = try RawHandshake.connect(port)
            _ = try socket.read(1000)
        }
        let error = await outcome.value()
        #expect((error as? WebSocketError)?.code == .lost)
        await server.stop()
    }

    @Test("garbage and half requests get no further than their own connection")
    func garbage() async throws {
        let server = try await TestServer.start()
        for request in [
            "\u{0}\u{1}\u{2}garbage\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        ] {
            let answer = try await answer(to: Array(request.utf8), from: server.port)
            #expect(!answer.contains(" 101 "))
        }
        let connection = try await WebSocketClient.connect(to: server.endpoint)
        await connection.close()
        await server.stop()
    }

    @Test("a port in use is refused with the reason, and so is an address of another machine")
    func badAddresses() async throws {
        let server = try await TestServer.start()
        for (host, port) in [("127.0.0.1", server.port), ("192.0.2.1", 0), ("127.0.0.1", 70000), ("no.invalid", 0)] {
            var options = WebSocketServer.Options()
            options.host = host
            options.port = port
            let error = await #expect(throws: WebSocketError.self) {
                try await WebSocketServer(options: options).start()
            }
            #expect(error?.message.contains(host) == true || error?.message.contains("70000") == true)
        }
        await server.stop()
    }

    @Test("a stopped server says goodbye, frees its port and leaves no thread")
    func stopping() async throws {
        // Whoever asks for a free port may be given the one that was just freed; five times in a row nobody is.
        var isFreed = false
        for _ in 0..<5 where !isFreed {
            let server = try await TestServer.start()
            let connection = try await WebSocketClient.connect(to: server.endpoint)
            await server.stop()
            #expect(try await connection.nextArrival() == nil)
            await connection.close()
            var options = WebSocketServer.Options()
            options.port = server.port
            guard let again = try? await TestServer.start(options) else { continue }
            isFreed = again.port == server.port
            await again.stop()
            await again.stop()
        }
        #expect(isFreed)
        await WebSocketServer(options: WebSocketServer.Options()).stop()
    }
}
