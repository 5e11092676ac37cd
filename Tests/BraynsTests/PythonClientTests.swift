// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Scene
import TestFixtures
import Testing

/// Each request is what Brayns' Python client sends for the same call, but for the id and the spelling of numbers.
@Suite struct PythonClientTests {
    typealias Call = @Sendable (BraynsInstance) async throws -> Void

    static let view = View(position: Vector3(0, 0, 3.414213562373095), target: .zero)
    static let camera = Camera(view: view)
    static let renderer = RendererSettings(samplesPerPixel: 2)
    static let path = "/data/brayns-files/src/python/testapi/core/assets/cube.obj"
    static let metadata = PictureMetadata(title: "t", description: "d", whereUsed: "w", keywords: ["k"])
    static let small = PixelSize(width: 64, height: 64)

    static let calls: [(name: String, call: Call)] = [
        ("get_version", { _ = try await $0.version() }),
        ("clear_models", { try await $0.clearModels() }),
        ("MeshLoader.load_models", { _ = try await $0.load(path, with: MeshLoader()) }),
        ("MeshLoader.upload_models", { _ = try await $0.uploadModel(bytes, type: "obj", loading: .mesh) }),
        ("get_bounds", { _ = try await $0.bounds() }),
        ("get_models", { _ = try await $0.scene() }),
        ("add_light ambient", { try await $0.lights.add(.ambient(intensity: 0.5)) }),
        (
            "add_light directional",
            { try await $0.lights.add(.directional(direction: view.basis.direction, intensity: 5)) }
        ),
        ("set_camera", { try await $0.setCamera(camera) }),
        (
            "get_camera",
            {
                _ = try await $0.cameraView()
                _ = try await $0.perspectiveCamera()
                _ = try await $0.cameraNearClip()
                _ = try await $0.cameraRegion()
            }
        ),
        ("set_camera_view", { try await $0.setCameraView(view) }),
        ("set_renderer", { try await $0.setRenderer(renderer) }),
        ("set_resolution", { try await $0.setViewport(PixelSize(width: 320, height: 240)) }),
        (
            "Snapshot.download",
            {
                var one = renderer
                one.samplesPerPixel = 1
                _ = try await Snapshot(
                    size: small, camera: camera, renderer: one, simulationFrame: 0, jpegQuality: 80, metadata: metadata
                ).download(from: $0, as: .jpg)
            }
        ),
        ("Snapshot.save_remotely", { try await Snapshot(size: small).saveRemotely(to: "/tmp/x.png", on: $0) }),
        ("Image.download", { _ = try await Image().download(from: $0, as: .jpg) }),
        ("Image.render", { try await Image().render(on: $0) }),
        ("set_model_color", { try await $0.setColor(SIMD4(1, 0, 0, 1), of: 0) }),
        ("update_model", { try await $0.updateModel(0, ModelChange(isVisible: true, transform: .identity)) }),
        ("pick", { _ = try? await $0.pick(at: SIMD2(0.5, 0.5)) }),
        ("set_material", { try await $0.setMaterial(.phong(opacity: 1), of: 0) }),
        ("get_loaders", { _ = try await $0.loaders() }),
        ("get_entrypoint", { _ = try? await $0.schema(of: "snapshot") }),
        ("get_methods", { _ = try await $0.registry() }),
        ("stop_service", { try await $0.quit() }),
    ]

    static let bytes = [UInt8](repeating: 7, count: 2074)

    @Test("sends what the Python client sends", arguments: calls.map(\.name))
    func sameRequests(name: String) async throws {
        let expected = try Self.recorded(name)
        try #require(!expected.isEmpty)
        let server = FakeBrayns()
        var instance = BraynsInstance(connection: server.connect())
        // The guard asks for the renderer before pictures, which the Python client does not.
        instance.isGuarded = false
        try await Self.calls.first { $0.name == name }?.call(instance)
        let sent = server.log
        try #require(sent.count == expected.count)
        for (sent, expected) in zip(sent, expected) {
            #expect(sent.method == expected["method"]?.stringValue)
            #expect(same(sent.params, expected["params"]), "\(String(describing: sent.params))")
            #expect(sent.payload.count == (name.contains("upload") ? 2074 : 0))
        }
        await instance.disconnect()
    }

    @Test("covers every call of the recording")
    func complete() throws {
        let names = Set(try Self.lines().compactMap { $0["call"]?.stringValue })
        #expect(names == Set(Self.calls.map(\.name)))
    }

    private static func lines() throws -> [JSONValue] {
        let text = String(decoding: try Fixtures.bytes("brayns/python-client-requests.jsonl"), as: UTF8.self)
        return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    private static func recorded(_ name: String) throws -> [JSONValue] {
        try lines().filter { $0["call"]?.stringValue == name }.map { line in
            let data = line["data"]?.stringValue ?? ""
            let start = try #require(data.firstIndex(of: "{"))
            let end = try #require(data.lastIndex(of: "}"))
            return try JSONValue(parsing: String(data[start...end]))
        }
    }
}
