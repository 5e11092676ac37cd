// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing
import WebSocket

@testable import BraynsServer

@Suite(.timeLimit(.minutes(5))) struct LiveTests {
    private static let ball: JSONValue = [["color": [1, 1, 1, 1], "geometry": ["center": [0, 0, 0], "radius": 1]]]
    private static let long: JSONValue = [
        "image_settings": ["size": [1280, 720]],
        "camera_view": ["position": [0, 0, 4], "target": [0, 0, 0], "up": [0, 1, 0]],
        "renderer": ["name": "interactive", "params": ["samples_per_pixel": 4000, "ao_samples": 16]],
    ]

    @Test("clients share one scene, and each gets its own answers")
    func twoClients() async throws {
        let backend = try await LiveBackend()
        let (first, second) = (try await backend.connect(), try await backend.connect())
        _ = try await first.call("add-spheres", Self.ball)
        #expect(try await second.call("get-scene").json["result"]?["models"]?.arrayValue?.count == 1)
        await first.close()
        let third = try await backend.connect()
        #expect(try await third.call("get-scene").json["result"]?["models"]?.arrayValue?.count == 1)
        await backend.stop()
    }

    @Test("a running snapshot ends when it is cancelled, by its own client only")
    func cancelRunning() async throws {
        let backend = try await LiveBackend()
        let (client, other) = (try await backend.connect(), try await backend.connect())
        _ = try await client.call("add-spheres", Self.ball)
        try await client.send(Self.request("snapshot", Self.long, id: 7))
        let progress = try #require(await client.next())
        #expect(progress.json["params"]?["amount"] == 0)
        #expect(try await other.call("cancel", ["id": 7]).code == -32602)
        try await client.send(Self.request("cancel", ["id": 7], id: 8))
        var answers: [Received] = []
        while answers.count < 2, let message = await client.next() {
            if message.json["method"] == nil { answers.append(message) }
        }
        #expect(answers.map { $0.json["id"] } == [8, 7] && answers.last?.code == 20)
        #expect(try await client.call("cancel", ["id": 7]).code == -32602)
        await backend.stop()
    }

    @Test("a queued request is cancelled at once and says so in its turn; what has no progress cannot be cancelled")
    func cancelQueued() async throws {
        let backend = try await LiveBackend()
        let client = try await backend.connect()
        _ = try await client.call("add-spheres", Self.ball)
        try await client.send(Self.request("snapshot", Self.long, id: 7))
        _ = await client.next()
        try await client.send(Self.request("snapshot", Self.long, id: 8))
        try await client.send(Self.request("get-version", nil, id: 9))
        for (id, target) in [(10, 9), (11, 8), (12, 7)] as [(Int64, JSONValue)] {
            try await client.send(Self.request("cancel", ["id": target], id: id))
        }
        var answers: [Received] = []
        while answers.count < 6, let message = await client.next() {
            if message.json["method"] == nil { answers.append(message) }
        }
        #expect(answers.map { $0.json["id"] } == [10, 11, 12, 7, 8, 9])
        #expect(answers.map(\.code) == [-32602, nil, nil, 20, 20, nil])
        #expect(answers.first?.message == "Method 'get-version' is not cancellable.")
        await backend.stop()
    }

    @Test("a client that leaves takes its snapshot with it")
    func leaving() async throws {
        let backend = try await LiveBackend()
        let (client, other) = (try await backend.connect(), try await backend.connect())
        _ = try await client.call("add-spheres", Self.ball)
        try await client.send(Self.request("snapshot", Self.long, id: 7))
        _ = await client.next()
        await client.close()
        #expect(try await other.call("get-version").json["result"]?["major"] == 3)
        await backend.stop()
    }

    @Test("what floods, says nothing or sends rubbish harms nobody else")
    func bystanders() async throws {
        let backend = try await LiveBackend()
        let (flooding, silent, talking) = (
            try await backend.connect(), try await backend.connect(), try await backend.connect()
        )
        for id in 0..<2000 { try await flooding.send(Self.request("get-scene", nil, id: Int64(id))) }
        for bytes in [[], [1], [255, 255, 255, 255], [0, 0, 0, 0]] as [[UInt8]] {
            try await flooding.send(.binary(bytes))
        }
        #expect(try await talking.call("get-version").json["result"]?["minor"] == 10)
        var answers = 0
        while answers < 2004, await flooding.next() != nil { answers += 1 }
        #expect(answers == 2004)
        await silent.close()
        await backend.stop()
    }

    @Test("one client more than agreed waits in line and is served when a place is free")
    func crowd() async throws {
        let backend = try await LiveBackend { $0.maxClients = 1 }
        let first = try await backend.connect()
        let second = Task { try await backend.connect().call("get-version").json["result"]?["major"] }
        try await Task.sleep(for: .milliseconds(300))
        #expect(try await first.call("get-version").json["result"]?["major"] == 3)
        await first.close()
        #expect(try await second.value == 3)
        await backend.stop()
    }

    @Test("who vanishes in the middle of an upload, or never reads, harms nobody else", .timeLimit(.minutes(2)))
    func rudeness() async throws {
        let backend = try await LiveBackend { $0.maxClients = 16 }
        let silent = try RudeClient(port: backend.port, shakesHands: false)
        let talking = try await backend.connect()
        for length in [5 << 20, 1 << 40, UInt64.max] as [UInt64] {
            let uploading = try RudeClient(port: backend.port)
            uploading.writeFrame(opcode: 2, length: length, start: [UInt8](repeating: 0x20, count: 1 << 20))
            #expect(try await talking.call("get-version").json["result"]?["major"] == 3)
            uploading.leave()
        }
        let deaf = try RudeClient(port: backend.port)
        let request = Array(#"{"jsonrpc":"2.0","id":1,"method":"schema","params":{"endpoint":"snapshot"}}"#.utf8)
        for _ in 0..<20_000 {
            deaf.writeFrame(opcode: 1, length: UInt64(request.count), start: request)
        }
        #expect(try await talking.call("get-version").json["result"]?["major"] == 3)
        deaf.leave()
        silent.leave()
        // Their places are free again: as many as may be here at once come and are answered.
        for _ in 0..<20 {
            let client = try await backend.connect()
            #expect(try await client.call("get-version").json["result"]?["major"] == 3)
            await client.close()
        }
        await backend.stop()
    }

    @Test("what comes behind quit is not answered, and the connection ends")
    func quit() async throws {
        let backend = try await LiveBackend()
        let client = try await backend.connect()
        try await client.send(Self.request("quit", nil, id: 1))
        for id in Int64(2)..<50 { try? await client.send(Self.request("get-version", nil, id: id)) }
        #expect(await client.next()?.json == ["id": 1, "jsonrpc": "2.0", "result": nil])
        #expect(await client.next() == nil)
        try await backend.ended()
    }

    @Test("only the path of the secret is served")
    func secret() async throws {
        let backend = try await LiveBackend(path: "/s3cret") { $0.secret = "s3cret" }
        let client = try await backend.connect()
        #expect(try await client.call("get-version").code == nil)
        for path in ["/", "/s3cret2", "/S3CRET"] {
            await #expect(throws: WebSocketError.self) { _ = try await backend.connect(path: path) }
        }
        await backend.stop()
    }

    @Test(
        "a secure backend speaks TLS, with an encrypted key too",
        arguments: ["localhost-key", "localhost-key-encrypted"])
    func secure(key: String) async throws {
        let certificate = Fixtures.url("tls/localhost.pem").path
        let backend = try await LiveBackend {
            $0.isSecure = true
            $0.tls = .init(
                certificateFile: certificate, privateKeyFile: Fixtures.url("tls/\(key).pem").path,
                passphrase: key.hasSuffix("encrypted") ? "darkroom" : "")
        }
        let client = try await backend.connect(tls: WebSocketTLS(caFile: certificate))
        #expect(try await client.call("get-version").json["result"]?["patch"] == 1)
        await #expect(throws: WebSocketError.self) { _ = try await backend.connect() }
        await backend.stop()
    }

    @Test("a backend ends with the end of its lifeline, and tells its port before")
    func lifeline() async throws {
        let (lifeline, report) = (Pipe(), Pipe())
        let backend = try await LiveBackend {
            $0.lifelineDescriptor = dup(lifeline.fileHandleForReading.fileDescriptor)
            $0.reportDescriptor = dup(report.fileHandleForWriting.fileDescriptor)
        }
        try report.fileHandleForWriting.close()
        let line = String(decoding: report.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(line == "{\"port\":\(backend.port)}\n")
        #expect(try await backend.connect().call("get-version").code == nil)
        try lifeline.fileHandleForWriting.close()
        try await backend.ended()
    }

    @Test("what it cannot start with, it says")
    func cannotStart() async throws {
        let error = await #expect(throws: BraynsServerError.self) {
            _ = try await LiveBackend { $0.lifelineDescriptor = 9999 }
        }
        #expect(error?.message.contains("--lifeline-fd") == true)
        let busy = try await LiveBackend()
        await #expect(throws: BraynsServerError.self) { _ = try await LiveBackend { $0.port = busy.port } }
        await busy.stop()
    }

    private static func request(_ method: String, _ params: JSONValue?, id: Int64) -> TransportMessage {
        var request: [String: JSONValue] = ["jsonrpc": "2.0", "id": .int(id), "method": .string(method)]
        request["params"] = params
        return .text(JSONValue.object(request).serialized())
    }
}
