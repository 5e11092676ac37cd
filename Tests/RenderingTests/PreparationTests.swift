// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Jobs
import Scene
import TestFixtures
import Testing

@testable import Rendering

/// What is done to a backend's scene before frames are drawn.
@Suite struct PreparationTests {
    @Test("loads by path with the loader of the extension, places, paints and reports")
    func loads() async throws {
        let server = FakeBrayns(isDarkroom: true)
        let renderer = try await FakeBackend.renderer(on: server)
        var scene = FakeBackend.scene
        scene.models[0].transform = Transform(translation: Vector3(1, 2, 3))
        scene.models[0].material = ("metal", ["roughness": 0.5])
        scene.models[0].color = SIMD4(1, 0, 0, 1)
        scene.setup = [.init(method: "set-camera-region", parameters: ["image_start": [0, 1], "image_end": [1, 0]])]
        let report = try await renderer.prepare(scene)
        #expect(report.bounds == Bounds(min: Vector3(repeating: -1), max: Vector3(repeating: 1)))
        #expect(report.triangles == 12 && report.up == .plusZ && report.warnings == ["w"])
        #expect(report.simulationFrames == nil && report.stageSeconds["load"] != nil)
        let load = try #require(server.log.first { $0.method == "add-model" }?.params)
        #expect(load["path"] == "/models/a.obj" && load["loader_name"] == "mesh")
        #expect(load["loader_properties"] == .object([:]))
        #expect(server.setting("material-metal")?["material"]?["roughness"] == 0.5)
        let order = server.methods.filter {
            ["add-model", "update-model", "set-material-metal", "color-model", "set-camera-region"].contains($0)
        }
        #expect(order == ["add-model", "update-model", "set-material-metal", "color-model", "set-camera-region"])
        await renderer.close()
    }

    @Test("touches nothing of a scene that is not empty, and names the flag")
    func refuses() async throws {
        let server = FakeBrayns()
        server.addForeignModel()
        let renderer = try await FakeBackend.renderer(on: server)
        let error = await #expect(throws: RendererError.self) { try await renderer.prepare(FakeBackend.scene) }
        #expect(error?.message.contains("--existing keep") == true)
        await renderer.close()
        #expect(server.modelTypes == ["mesh"])
        #expect(server.methods.allSatisfy { $0.hasPrefix("get-") || $0 == "registry" })
    }

    @Test("keeps or replaces a foreign scene as told", arguments: [SceneRequest.Existing.keep, .replace])
    func existing(manner: SceneRequest.Existing) async throws {
        let server = FakeBrayns()
        server.addForeignModel()
        let renderer = try await FakeBackend.renderer(on: server)
        var scene = FakeBackend.scene
        scene.existing = manner
        let report = try await renderer.prepare(scene)
        #expect(report.warnings.count == 1)
        #expect(server.modelTypes.count == (manner == .keep ? 2 : 1))
        _ = try await renderer.render(FakeBackend.frame())
        await renderer.close()
        #expect(server.modelTypes.count == (manner == .keep ? 1 : 0))
    }

    @Test("leaves a shared server as it was: models and lights gone, settings untouched by snapshots")
    func leavesAsFound() async throws {
        let server = FakeBrayns()
        let renderer = try await FakeBackend.renderer(on: server)
        for name in ["/a.obj", "/b.ply", "/a.obj"] {
            _ = try await renderer.prepare(SceneRequest(models: [.init(path: name)]))
            _ = try await renderer.render(FakeBackend.frame(lights: [.ambient(), .sphere(position: .zero)]))
            #expect(server.modelTypes.sorted() == ["light", "light", "mesh"])
        }
        await renderer.close()
        #expect(server.modelTypes.isEmpty)
        #expect(server.setting("camera-view") == nil && server.setting("application-parameters") == nil)
    }

    @Test("puts camera, renderer and viewport back when render-image was wanted on a shared server")
    func putsBack() async throws {
        let server = FakeBrayns()
        var options = RenderingOptions()
        options.capture = .renderImage
        let renderer = try await FakeBackend.renderer(on: server, options: options)
        _ = try await renderer.prepare(FakeBackend.scene)
        _ = try await renderer.render(FakeBackend.frame())
        #expect(server.setting("camera-view")?["position"] == [0, 0, 5])
        await renderer.close()
        #expect(server.setting("camera-view")?["target"] == [0, 0, 1])
        #expect(server.setting("application-parameters")?["viewport"] == [800, 600])
        #expect(server.setting("renderer-interactive")?["background_color"]?.arrayValue?.first == 0.004)
    }

    @Test("sends the bytes of a file that the server does not see")
    func uploads() async throws {
        let server = FakeBrayns()
        server.on("add-model") { _ in .error(-32603, "File x does not exists") }
        let renderer = try await FakeBackend.renderer(on: server)
        let path = try temporaryFile("cube.ply", "ply\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try await renderer.prepare(SceneRequest(models: [.init(path: path)]))
        let upload = try #require(server.log.first { $0.method == "upload-model" })
        #expect(upload.payload == Array("ply\n".utf8))
        #expect(upload.params?["type"] == "ply" && upload.params?["loader_name"] == "mesh")
        await renderer.close()
    }

    @Test("does not send a file elsewhere that the server saw and could not load")
    func brokenFile() async throws {
        let server = FakeBrayns()
        server.on("add-model") { _ in .error(-32603, "Invalid OBJ") }
        let renderer = try await FakeBackend.renderer(on: server)
        let path = try temporaryFile("cube.obj", "nonsense")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = await #expect(throws: RendererError.self) {
            try await renderer.prepare(SceneRequest(models: [.init(path: path)]))
        }
        #expect(error?.blame == .input && error?.stage == "load")
        #expect(error?.message.contains(path) == true && error?.message.contains("Invalid OBJ") == true)
        #expect(!server.methods.contains("upload-model"))
        await renderer.close()
    }

    @Test("names the loaders there are when none takes a format")
    func unsupported() async throws {
        let server = FakeBrayns()
        let renderer = try await FakeBackend.renderer(on: server)
        let error = await #expect(throws: RendererError.self) {
            try await renderer.prepare(SceneRequest(models: [.init(path: "/a/atlas.nrrd")]))
        }
        #expect(error?.blame == .unsupported && error?.message.contains("mhd-volume (mhd)") == true)
        await renderer.close()
    }

    @Test("turns the triangles of a format that the server lacks into a PLY")
    func triangles() async throws {
        let server = FakeBrayns()
        let renderer = try await FakeBackend.renderer(on: server)
        let gltf = try temporaryFile("broken.glb", "no model at all")
        defer { try? FileManager.default.removeItem(atPath: gltf) }
        let error = await #expect(throws: RendererError.self) {
            try await renderer.prepare(SceneRequest(models: [.init(path: gltf)]))
        }
        #expect(error?.stage == "load")
        #expect(!server.methods.contains("upload-model"))
        await renderer.close()
    }

    @Test("maps paths before the server sees them")
    func mapsPaths() async throws {
        let server = FakeBrayns()
        var options = RenderingOptions()
        options.pathMap = [.init(local: "/models", remote: "/mnt/m")]
        let renderer = try await FakeBackend.renderer(on: server, options: options)
        _ = try await renderer.prepare(FakeBackend.scene)
        #expect(server.log.first { $0.method == "add-model" }?.params?["path"] == "/mnt/m/a.obj")
        await renderer.close()
    }

    @Test("refuses more triangles than allowed")
    func tooMany() async throws {
        let renderer = try await FakeBackend.renderer(on: FakeBrayns())
        var scene = FakeBackend.scene
        scene.maxTriangles = 11
        let error = await #expect(throws: RendererError.self) { try await renderer.prepare(scene) }
        #expect(error?.blame == .limits && error?.message.contains("12 triangles") == true)
        await renderer.close()
    }

    private func temporaryFile(_ name: String, _ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(name)").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}
