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

/// What a renderer says when its backend misbehaves.
@Suite struct RendererLossTests {
    @Test("a broken connection loses the renderer, and later calls say so at once")
    func breaks() async throws {
        let server = FakeBrayns()
        server.on("snapshot") { _ in .breakOff }
        let renderer = try await FakeBackend.renderer(on: server)
        _ = try await renderer.prepare(FakeBackend.scene)
        for _ in 0..<2 {
            let error = await #expect(throws: RendererError.self) { try await renderer.render(FakeBackend.frame()) }
            #expect(error?.blame == .rendererLost && error?.stage == "render")
        }
        await renderer.close()
    }

    @Test("a frame that takes too long loses the renderer")
    func late() async throws {
        let server = FakeBrayns()
        server.on("snapshot") { _ in .silence }
        let renderer = try await FakeBackend.renderer(on: server)
        _ = try await renderer.prepare(FakeBackend.scene)
        var frame = FakeBackend.frame()
        frame.timeout = .milliseconds(60)
        let error = await #expect(throws: RendererError.self) { try await renderer.render(frame) }
        #expect(error?.blame == .rendererLost && error?.stage == "render")
        await renderer.close()
    }

    @Test("a model that takes too long to load loses the renderer")
    func lateLoad() async throws {
        let server = FakeBrayns()
        server.on("add-model") { _ in .silence }
        let renderer = try await FakeBackend.renderer(on: server)
        var scene = FakeBackend.scene
        scene.loadTimeout = .milliseconds(60)
        let error = await #expect(throws: RendererError.self) { try await renderer.prepare(scene) }
        #expect(error?.blame == .rendererLost && error?.stage == "load")
        #expect(error?.message.contains("/models/a.obj") == true)
        await renderer.close()
    }

    @Test(
        "blames error answers on the right party",
        arguments: [
            ("add-model", -32602, "Loader not found", RendererError.Blame.unsupported),
            ("add-model", -32603, "File is broken", .input),
            ("add-model", -32603, "More triangles than the limit of 5 (--max-triangles)", .limits),
            ("add-model", -32603, "End of file or read limit was reached", .input),
            ("snapshot", -32603, "Out of range", .remote),
            ("snapshot", -32601, "Method 'snapshot' not found", .unsupported),
            ("snapshot", -32603, "Could not find camera of type: cylindric.", .unsupported),
        ])
    func blame(method: String, code: Int, text: String, blame: RendererError.Blame) async throws {
        let server = FakeBrayns()
        server.on(method) { _ in .error(code, text) }
        let renderer = try await FakeBackend.renderer(on: server)
        let error = await #expect(throws: RendererError.self) {
            _ = try await renderer.prepare(FakeBackend.scene)
            _ = try await renderer.render(FakeBackend.frame())
        }
        #expect(error?.blame == blame && error?.message.contains(text) == true)
        server.on(method) { _ in
            .result(method == "add-model" ? [] : ["color_buffer": ["offset": 0, "size": 1]], payload: [1])
        }
        _ = try await renderer.prepare(FakeBackend.scene)
        await renderer.close()
    }

    @Test("a server that takes the connection and never answers: the sentence names --max-clients")
    func silent() async throws {
        let server = FakeBrayns()
        server.on("get-version") { _ in .silence }
        var options = RenderingOptions()
        options.connectTimeout = .milliseconds(60)
        let error = await #expect(throws: RendererError.self) {
            try await FakeBackend.renderer(on: server, options: options)
        }
        #expect(error?.stage == "connect" && error?.message.contains("--max-clients") == true)
    }

    @Test("an address that is none, and one where nobody listens", arguments: ["", "host", "http://x:1", "a b:1"])
    func addresses(address: String) async {
        let provider = BraynsRendererProvider(.remote([address]))
        let error = await #expect(throws: RendererError.self) { try await provider.makeRenderer(index: 0) }
        #expect(error?.stage == "connect" && error?.blame == .environment)
    }

    @Test(
        "nonsense for an answer is the server's fault and no crash",
        arguments: ["get-version", "registry", "get-loaders"])
    func nonsense(method: String) async {
        let server = FakeBrayns()
        server.on(method) { _ in .result(["nonsense": 1]) }
        let error = await #expect(throws: RendererError.self) { try await FakeBackend.renderer(on: server) }
        #expect(error?.blame == .remote && error?.stage == "connect")
    }

    @Test("tells extensions and version, and uses the asking session for the first renderer")
    func asks() async throws {
        let server = FakeBrayns()
        let provider = FakeBackend.provider(on: server)
        let extensions = try #require(try await provider.loadableExtensions())
        #expect(extensions.isSuperset(of: ["obj", "mhd", "glb"]) && !extensions.contains("nrrd"))
        #expect(try await provider.describe().contains("3.10.1"))
        let renderer = try await provider.makeRenderer(index: 0)
        #expect(server.methods.count { $0 == "get-version" } == 1)
        #expect(await renderer.residentBytes() == nil)
        await renderer.close()
        await renderer.close()
    }
}
