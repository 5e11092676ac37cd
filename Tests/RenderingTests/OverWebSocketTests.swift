// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Jobs
import Scene
import TestFixtures
import Testing
import WebSocket

@testable import Rendering

/// The fake server behind a real WebSocket.
@Suite struct OverWebSocketTests {
    private func served(
        _ fake: FakeBrayns, _ work: (_ address: String) async throws -> Void
    ) async throws {
        let server = WebSocketServer(options: WebSocketServer.Options())
        let port = try await server.start()
        let serving = Task {
            await withDiscardingTaskGroup { group in
                for await connection in server.connections {
                    group.addTask { await fake.serve(connection) { Task { await connection.close() } } }
                }
            }
        }
        do {
            try await work("127.0.0.1:\(port)")
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
        await serving.value
    }

    @Test("connects by host and port and makes the guide's calls")
    func guide() async throws {
        let fake = FakeBrayns()
        try await served(fake) { address in
            let instance = try await Brayns.connect(address)
            try await instance.checkVersion()
            try await instance.load("/data/cube.obj", with: MeshLoader())
            let camera = Camera.fullScreen(of: try await instance.bounds())
            try await instance.lights.add(.directional(direction: camera.view.basis.direction))
            let bytes = [UInt8](repeating: 5, count: 300_000)
            _ = try await instance.uploadModel(bytes, type: "ply", loading: .mesh)
            #expect(try await Snapshot(size: .fullHD, camera: camera).download(from: instance) == [1, 2, 3, 4])
            await instance.disconnect()
            #expect(fake.log.first { $0.method == "upload-model" }?.payload == bytes)
        }
        #expect(fake.modelTypes == ["mesh", "light", "mesh"])
    }

    @Test("prepares and draws, several requests in flight")
    func renders() async throws {
        let fake = FakeBrayns()
        try await served(fake) { address in
            let provider = BraynsRendererProvider(.remote([address], exclusive: true))
            let renderer = try await provider.makeRenderer(index: 0)
            _ = try await renderer.prepare(FakeBackend.scene)
            #expect(try await renderer.render(FakeBackend.frame()).method == "render-image")
            await renderer.close()
            let instance = try await Brayns.connect(address)
            let versions = try await withThrowingTaskGroup(of: ServerVersion.self) { group in
                for _ in 0..<64 { group.addTask { try await instance.version() } }
                return try await group.reduce(into: 0) { count, _ in count += 1 }
            }
            #expect(versions == 64)
            await instance.disconnect()
        }
        #expect(fake.modelTypes.isEmpty)
    }

    @Test("nobody listens: one sentence with the address")
    func refused() async throws {
        // A port that was just given back.
        let server = WebSocketServer(options: WebSocketServer.Options())
        let port = try await server.start()
        await server.stop()
        let provider = BraynsRendererProvider(.remote(["127.0.0.1:\(port)"]))
        let error = await #expect(throws: RendererError.self) { try await provider.makeRenderer(index: 0) }
        #expect(error?.blame == .remote && error?.stage == "connect")
        #expect(error?.message.contains("127.0.0.1:\(port)") == true)
    }
}
