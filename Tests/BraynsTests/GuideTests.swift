// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Scene
import Synchronization
import TestFixtures
import Testing

/// The Swift of `Brayns.docc`, compiled and run.
@Suite final class GuideTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private let words = Mutex<[String]>([])

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    private func print(_ value: some Sendable) { words.withLock { $0.append("\(value)") } }

    /// What needs an address, a process or a file, which these tests have in another form.
    private static let elsewhere = [
        "let instance = ", "await instance.disconnect()", "let service = ", "await service.stop()",
        "try await snapshot.save(", "try await Snapshot(", "try await GBuffers(", "try await Movie(",
    ]

    @Test("every step of the guide runs as it stands there")
    func guide() async throws {
        let server = FakeBrayns()
        let instance = BraynsInstance(connection: server.connect())
        let path = "path/to/BlueConfig"
        server.on("inspect") { _ in .result(["hit": false, "metadata": nil, "model_id": 0, "position": [0, 0, 0]]) }
        server.on("export-gbuffers") { _ in .result(nil, payload: [1]) }

        print(try await instance.version())
        let loader = BBPLoader(percentage: 0.1, reportType: .spikes, morphology: Morphology(radiusMultiplier: 20))
        do {
            let models = try await instance.load(path, with: loader)
            #expect(models.count == 1)
        }
        do {
            let task = instance.startLoading(path, with: try ModelLoading(loader))
            for await step in task.progress { print(step.amount) }
            let models = try await task.value
            let isReady = task.result != nil
            task.cancel()
            #expect(models.count == 1 && isReady)
        }
        let projection = Projection.perspective()
        var view = projection.fullScreenView(of: try await instance.bounds())
        view.rotate(about: view.target, by: .euler(degrees: Vector3(0, 90, 0)))
        let light = Light.directional(direction: view.basis.direction)
        try await instance.lights.add(light)
        let snapshot = Snapshot(
            size: .fullHD, camera: Camera(view: view, projection: projection),
            renderer: RendererSettings(kind: .interactive))
        try await snapshot.save(to: file("snapshot.png"), from: instance)

        try await twins(instance)
        #expect(words.withLock { $0.first } == "3.10.1")
        #expect((view.position - Vector3(3.414213562373095, 0, 0)).length < 1e-12)
        let loading = try #require(server.log.first { $0.method == "add-model" }?.params)
        let settings =
            #"{"percentage":0.1,"report_type":"spikes","neuron_morphology_parameters":{"radius_multiplier":20}}"#
        #expect(loading["loader_name"] == "BBP loader" && loading["path"] == "path/to/BlueConfig")
        #expect(same(loading["loader_properties"], try JSONValue(parsing: settings)))
        #expect(FileManager.default.fileExists(atPath: file("snapshot.png")))
        let page = "Sources/Brayns/Brayns.docc/Guide.md"
        #expect(try DocumentedExample.strayLine(of: page, in: #filePath, except: Self.elsewhere) == nil)
        await instance.disconnect()
    }

    private func twins(_ instance: BraynsInstance) async throws {
        let (position, color) = (SIMD2(0.5, 0.5), SIMD4(1.0, 0, 0, 1))
        let (id, method, values) = (0, ColorMethod.section, ["soma": color])
        let (material, shapes) = (Material.matte(opacity: 1), [SpherePrimitive(center: .zero, radius: 1)])

        let image = try await Image().download(from: instance, as: .jpg)
        try await GBuffers([.depth], size: .fullHD).save(to: file("depth.exr"), from: instance)
        let hit = try await instance.pick(at: position)
        try await instance.setColor(color, of: id)
        try await instance.colorModel(id, by: method, values)
        try await instance.setSimulationFrame(7)
        try await instance.setMaterial(material, of: id)
        try await instance.addClipping(shapes)
        let version = try await instance.call(Methods.getVersion)

        #expect(image.data == [9, 8, 7] && hit == nil && version.major == 3)
    }

    private func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

    @Test("the example of the front page runs as it stands there")
    func frontPage() async throws {
        let server = FakeBrayns()
        let instance = BraynsInstance(connection: server.connect())
        try await instance.load("/data/cube.obj", with: MeshLoader())
        let camera = Camera.fullScreen(of: try await instance.bounds(), aspect: 16 / 9)
        try await instance.lights.add(.directional(direction: camera.view.basis.direction))
        try await Snapshot(size: .fullHD, camera: camera).save(to: file("cube.png"), from: instance)
        await instance.disconnect()
        #expect(server.modelTypes == ["mesh", "light"])
        let page = "Sources/Brayns/Brayns.docc/Brayns.md"
        #expect(try DocumentedExample.strayLine(of: page, in: #filePath, except: Self.elsewhere) == nil)
    }
}
