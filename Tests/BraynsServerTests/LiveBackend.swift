// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Logging
import WebSocket

@testable import BraynsServer

/// A backend with its real server on a free port of this machine.
final class LiveBackend: Sendable {
    let port: Int
    let path: String
    private let isSecure: Bool
    private let running: Task<Void, any Error>

    init(path: String = "/", _ change: (inout BraynsServerOptions) -> Void = { _ in }) async throws {
        var options = BraynsServerOptions()
        options.plugins = ["braynsMoleculeExplorer"]
        options.logLevel = nil
        options.maxClients = 8
        change(&options)
        self.path = path
        isSecure = options.isSecure
        let server = BraynsServer(options: options)
        let (ports, entrance) = AsyncThrowingStream<Int, any Error>.makeStream()
        running = Task {
            do {
                try await server.run { entrance.yield($0) }
                entrance.finish()
            } catch {
                entrance.finish(throwing: error)
                throw error
            }
        }
        var found: Int?
        for try await port in ports {
            found = port
            break
        }
        guard let found else { throw BraynsServerError(.environment, "the backend ended before it listened") }
        port = found
    }

    func connect(path: String? = nil, tls: WebSocketTLS = WebSocketTLS()) async throws -> LiveClient {
        let endpoint = WebSocketEndpoint(
            host: isSecure ? "localhost" : "127.0.0.1", port: port, path: path ?? self.path, isSecure: isSecure)
        return LiveClient(try await WebSocketClient.connect(to: endpoint, tls: tls))
    }

    /// Ends the backend and waits until it has.
    func stop() async {
        running.cancel()
        _ = await running.result
    }

    /// Waits until the backend has ended by itself.
    func ended() async throws { try await running.value }
}

/// One client of a live backend.
final class LiveClient: Peer {
    private let connection: WebSocketConnection
    /// Read by one test body at a time.
    private let inbox: AsyncStream<Received>

    init(_ connection: WebSocketConnection) {
        self.connection = connection
        let messages = connection.messages
        inbox = AsyncStream { entrance in
            Task {
                do { for try await message in messages { entrance.yield(Received(message)) } } catch {}
                entrance.finish()
            }
        }
    }

    func send(_ message: TransportMessage) async throws { try await connection.send(message) }

    func next() async -> Received? {
        for await message in inbox { return message }
        return nil
    }

    /// Calls a method and returns its answer, progress left out.
    func call(_ method: String, _ params: JSONValue? = nil, id: Int64 = 1) async throws -> Received {
        var request: [String: JSONValue] = ["jsonrpc": "2.0", "id": .int(id), "method": .string(method)]
        request["params"] = params
        try await send(.text(JSONValue.object(request).serialized()))
        while let message = await next() {
            if message.json["id"] == .int(id) { return message }
        }
        throw RPCError(code: 0, message: "the connection ended without an answer")
    }

    func close() async { await connection.close() }
}
