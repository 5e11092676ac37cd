// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Testing

@testable import WebSocket

/// One after the other, because they count what the process holds.
@Suite(.serialized, .timeLimit(.minutes(5))) struct WebSocketEnduranceTests {
    @Test("an idle client sends no ping, where the library by itself would", arguments: [false, true])
    func pings(sendsPings: Bool) async throws {
        let (listener, port) = try RawSocket.listener()
        let seen = Task {
            try await onThread {
                let socket = try listener.accept()
                _ = try RawHandshake.accept(socket)
                return socket.read(for: 4)
            }
        }
        let connection = try await WebSocketClient.connect(
            to: WebSocketEndpoint(host: "127.0.0.1", port: port), sendsPings: sendsPings)
        let bytes = try await seen.value
        #expect(bytes.isEmpty == !sendsPings)
        if sendsPings { #expect(bytes.first == 0x80 | RawFrame.ping) }
        await connection.close()
    }

    @Test("twenty clients are served at once")
    func manyClients() async throws {
        let server = try await TestServer.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let connection = try await WebSocketClient.connect(to: server.endpoint)
                    for round in 0..<20 {
                        let message = TransportMessage.binary(pattern(10_000 * round, seed: number))
                        try await connection.send(message)
                        #expect(try await connection.nextArrival()?.message == message)
                    }
                    await connection.close()
                }
            }
            try await group.waitForAll()
        }
        await server.stop()
    }

    @Test("a thousand short connections leave no descriptor and no thread behind")
    func shortConnections() async throws {
        let server = try await TestServer.start()
        func connectAndClose(_ number: Int) async throws {
            let connection = try await WebSocketClient.connect(to: server.endpoint)
            if number % 3 == 0 {
                try await connection.send(.text("x"))
                _ = try await connection.nextArrival()
            }
            if number % 2 == 0 { await connection.close() }
        }
        for number in 0..<10 { try await connectAndClose(number) }
        try await settle()
        let descriptors = ProcessCount.descriptors()
        for number in 0..<1000 { try await connectAndClose(number) }
        try await settle()
        // Tests beside this one hold some too; a leak would be a thousand.
        #expect(ProcessCount.descriptors() < descriptors + 300)
        await server.stop()
    }

    /// Connections that were only dropped end by themselves; this waits for the last of them.
    private func settle() async throws {
        for _ in 0..<100 {
            try await Task.sleep(for: .milliseconds(50))
            // The server's own thread stays; other suites may hold a few.
            if ProcessCount.threads(named: "websocket") <= 1 { return }
        }
    }
}
