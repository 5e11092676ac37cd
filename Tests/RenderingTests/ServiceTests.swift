// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import Glibc
import JSONRPC
import Jobs
import Scene
import TestFixtures
import Testing
import WebSocket

@testable import Rendering

/// Backends that a program runs for itself.
@Suite(.serialized) struct ServiceTests {
    private static var program: Service.Program {
        var options = BackendChoice.EmbeddedOptions(threads: 1)
        options.executable = EmbeddedProgram.path
        return .darkroom(options)
    }

    private func withService(_ work: (Service) async throws -> Void) async throws {
        let service = try await Service.start(Self.program)
        do {
            try await work(service)
        } catch {
            await service.stop(grace: .zero)
            throw error
        }
        await service.stop()
        #expect(!service.isRunning)
    }

    /// The steps of the Python client's guide, as `Brayns.docc/Guide.md` shows them side by side.
    @Test("the guide's steps run: connect, load with settings, camera, light, snapshot")
    func guide() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let model = folder.appendingPathComponent("cell.obj").path
        try Data("v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 3 1 4\n".utf8)
            .write(to: URL(fileURLWithPath: model))
        let path = folder.appendingPathComponent("snapshot.png").path
        try await withService { service in
            let instance = try await service.connect()
            #expect(try await instance.version() == service.version)
            try await instance.checkVersion()

            let models = try await instance.load(model, with: MeshLoader())
            #expect(models.count == 1 && models[0].info.loadInfo?.loaderName == "mesh")

            let projection = Projection.perspective()
            var view = projection.fullScreenView(of: try await instance.bounds())
            view.rotate(about: view.target, by: .euler(degrees: Vector3(0, 90, 0)))

            try await instance.lights.add(.directional(direction: view.basis.direction))

            let snapshot = Snapshot(
                size: PixelSize(width: 192, height: 108), camera: Camera(view: view, projection: projection),
                renderer: RendererSettings(kind: .interactive))
            try await snapshot.save(to: path, from: instance)
            await instance.disconnect()
        }
        let picture = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(picture[16..<24].elementsEqual([0, 0, 0, 192, 0, 0, 0, 108]))
    }

    @Test("a real backend that others use is left as it was found")
    func asFound() async throws {
        try await withService { service in
            let other = service.instance
            try await other.add([ColoredPrimitive(SpherePrimitive(center: .zero, radius: 1))])
            try await other.lights.add(.ambient())
            try await other.setProjection(.orthographic(height: 3))
            try await other.setCameraView(View(position: Vector3(9, 8, 7), target: Vector3(1, 1, 1)))
            try await other.setRenderer(RendererSettings(kind: .production, samplesPerPixel: 2))
            try await other.setViewport(PixelSize(width: 96, height: 64))
            let readers = [
                "get-camera-type", "get-camera-orthographic", "get-camera-view", "get-camera-near-clip",
                "get-camera-region", "get-renderer-type", "get-renderer-production", "get-application-parameters",
                "get-simulation-parameters", "get-scene",
            ]
            let before = try await CapturePolicyTests.state(of: other, readers)
            for capture in [RenderingOptions.Capture.snapshot, .renderImage] {
                var options = RenderingOptions()
                options.capture = capture
                let endpoint = try #require(service.session.process?.endpoint)
                let provider = BraynsRendererProvider(
                    .remote([endpoint.description]), options: options)
                let renderer = try await provider.makeRenderer(index: 0)
                var scene = SceneRequest(models: [])
                scene.existing = .keep
                _ = try await renderer.prepare(scene)
                _ = try await renderer.render(FakeBackend.frame(64, 64))
                await renderer.close()
                #expect(try await CapturePolicyTests.state(of: other, readers) == before, "\(capture)")
            }
        }
    }

    @Test("a growing picture of a real backend gets better and ends")
    func stream() async throws {
        try await withService { service in
            let instance = service.instance
            try await instance.add([ColoredPrimitive(SpherePrimitive(center: .zero, radius: 1))])
            try await instance.lights.add(.ambient())
            try await instance.setCameraView(View(position: Vector3(0, 0, 5), target: .zero))
            try await instance.setRenderer(RendererSettings(samplesPerPixel: 5))
            try await instance.setViewport(PixelSize(width: 64, height: 64))
            var seen: [Int] = []
            for try await image in ImageStream(of: instance, format: .png) { seen.append(image.accumulation) }
            #expect(seen.last == 5 && seen == seen.sorted() && Set(seen).count == seen.count)
        }
    }

    @Test("a command that ends at once, and one that is not there, are told with their last words")
    func refused() async throws {
        let ending = await #expect(throws: RendererError.self) {
            try await Service.start(.command("sh -c 'echo no licence; exit 3' {uri}"))
        }
        #expect(ending?.message.contains("no licence") == true)
        await #expect(throws: RendererError.self) { try await Service.start(.command("/no/such/program {uri}")) }
        let real = Service.Program.brayns(executable: "/no/such/braynsService")
        await #expect(throws: RendererError.self) { try await Service.start(real) }
    }
}
