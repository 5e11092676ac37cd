// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures

@testable import WebSocket

/// A server on a free port whose connections are served by a closure.
struct TestServer {
    let server: WebSocketServer
    let port: Int
    let serving: Task<Void, Never>

    var endpoint: WebSocketEndpoint { WebSocketEndpoint(host: "127.0.0.1", port: port) }

    /// Starts a server that answers each connection by `serve`, all at once; by default it echoes.
    static func start(
        _ options: WebSocketServer.Options = .init(),
        serve: @escaping @Sendable (WebSocketConnection) async throws -> Void = echo
    ) async throws -> TestServer {
        let server = WebSocketServer(options: options)
        let port = try await server.start()
        let serving = Task {
            await withDiscardingTaskGroup { group in
                for await connection in server.connections { group.addTask { try? await serve(connection) } }
            }
        }
        return TestServer(server: server, port: port, serving: serving)
    }

    static let echo: @Sendable (WebSocketConnection) async throws -> Void = { connection in
        for try await message in connection.messages { try await connection.send(message) }
    }

    func stop() async {
        await server.stop()
        await serving.value
    }
}

/// Files of `Tests/Fixtures/tls`.
enum TestCertificates {
    static let localhost = path("localhost.pem")
    static let tls = WebSocketServer.TLS(certificateFile: localhost, privateKeyFile: path("localhost-key.pem"))
    static let elsewhere = WebSocketServer.TLS(
        certificateFile: path("elsewhere.pem"), privateKeyFile: path("elsewhere-key.pem"))

    static func path(_ name: String) -> String { Fixtures.url("tls/\(name)").path }
}

/// What the process holds, from `/proc`.
enum ProcessCount {
    static func descriptors() -> Int { count("/proc/self/fd") }
    static func threads(named name: String) -> Int {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.filter { task in
            let text = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
            return text?.hasPrefix(name) == true
        }.count
    }

    private static func count(_ folder: String) -> Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).count
    }
}

/// Bytes that differ enough to show a lost or doubled piece.
func pattern(_ count: Int, seed: Int = 1) -> [UInt8] {
    var word = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        for index in 0..<count {
            word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            buffer[index] = UInt8(truncatingIfNeeded: word >> 56)
        }
        filled = count
    }
}
