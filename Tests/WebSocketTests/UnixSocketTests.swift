// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import JSONRPC
import Testing

@testable import WebSocket

@Suite struct UnixSocketTests {
    /// A socket's name that no other test uses, in a folder or abstract.
    private static func name(isFile: Bool) -> String {
        isFile ? "/tmp/darkroom-\(UUID().uuidString).sock" : "@darkroom-test-\(UUID().uuidString)"
    }

    private static func server(_ socket: String) -> WebSocketServer {
        var options = WebSocketServer.Options()
        (options.socket, options.requiredPath) = (socket, "/secret")
        return WebSocketServer(options: options)
    }

    @Test("messages travel over a socket of the machine", arguments: [true, false], [1, 1000, 3_000_000])
    func messages(isFile: Bool, count: Int) async throws {
        let name = Self.name(isFile: isFile)
        let server = Self.server(name)
        #expect(try await server.start() == 0)
        let echo = Task {
            for await connection in server.connections {
                for try await message in connection.messages { try await connection.send(message) }
            }
        }
        let connection = try await WebSocketClient.connect(to: WebSocketEndpoint(socket: name, path: "/secret"))
        let sent = TransportMessage.binary((0..<count).map { UInt8(truncatingIfNeeded: $0) })
        try await connection.send(sent)
        var messages = connection.messages.makeAsyncIterator()
        #expect(try await messages.next() == sent)
        await connection.close()
        await server.stop()
        echo.cancel()
        #expect(isFile == false || access(name, F_OK) != 0)
    }

    @Test("the path is asked for as on the network", arguments: [true, false]) func path(isFile: Bool) async throws {
        let name = Self.name(isFile: isFile)
        let server = Self.server(name)
        _ = try await server.start()
        let error = await #expect(throws: WebSocketError.self) {
            _ = try await WebSocketClient.connect(to: WebSocketEndpoint(socket: name, path: "/guess"))
        }
        #expect(error?.message.contains("HTTP 404") == true && error?.message.contains(name) == true)
        await server.stop()
    }

    @Test("a socket where nobody listens is named", arguments: [true, false]) func nobody(isFile: Bool) async {
        let name = Self.name(isFile: isFile)
        let error = await #expect(throws: WebSocketError.self) {
            _ = try await WebSocketClient.connect(to: WebSocketEndpoint(socket: name))
        }
        #expect(error?.code == .refused && error?.message.contains(name) == true, "\(error?.message ?? "")")
    }

    @Test("a socket in use is refused, one that was left behind is taken over") func leftover() async throws {
        let name = Self.name(isFile: true)
        let first = Self.server(name)
        _ = try await first.start()
        await #expect { _ = try await Self.server(name).start() } throws: {
            "\($0)".contains("another server does")
        }
        let copy = name + ".left"
        #expect(rename(name, copy) == 0)
        await first.stop()
        #expect(rename(copy, name) == 0)
        let second = Self.server(name)
        _ = try await second.start()
        _ = try await WebSocketClient.connect(to: WebSocketEndpoint(socket: name, path: "/secret"))
        await second.stop()
    }

    @Test("a file that is no socket is left alone") func file() async throws {
        let name = Self.name(isFile: true)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: name))
        defer { unlink(name) }
        await #expect { _ = try await Self.server(name).start() } throws: { "\($0)".contains("a file and no socket") }
        #expect(FileManager.default.contents(atPath: name) == Data("mine".utf8))
    }

    @Test(
        "what is no name of a socket is refused", arguments: ["", "a", "@", "/" + String(repeating: "a", count: 107)])
    func badNames(name: String) async {
        await #expect(throws: WebSocketError.self) { _ = try await Self.server(name).start() }
        await #expect(throws: WebSocketError.self) {
            _ = try await WebSocketClient.connect(to: WebSocketEndpoint(socket: name))
        }
    }
}
