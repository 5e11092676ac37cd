// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Scene
import TestFixtures
import Testing

/// Manners towards a server: what is never sent, what is cancelled, what errors say.
@Suite struct BraynsInstanceTests {
    @Test("sends no params for methods that take none, and no empty object")
    func noParams() async throws {
        let server = FakeBrayns()
        let instance = BraynsInstance(connection: server.connect())
        try await instance.clearModels()
        try await instance.clearRenderables()
        try await instance.lights.clear()
        try await instance.setStaticFramebuffer()
        try await instance.clearClipPlanes()
        try await instance.clearClippingGeometries()
        try await instance.quit()
        _ = try await instance.simulation()
        #expect(server.log.count == 8)
        #expect(server.log.allSatisfy { $0.params == nil })
        await instance.disconnect()
    }

    @Test(
        "never sends a size that ends a real server",
        arguments: [(63, 64), (64, 63), (0, 0), (1, 4000)])
    func smallSizes(width: Int, height: Int) async throws {
        let server = FakeBrayns()
        let instance = BraynsInstance(connection: server.connect())
        let size = PixelSize(width: width, height: height)
        await #expect(throws: BraynsError.self) { try await instance.setViewport(size) }
        await #expect(throws: BraynsError.self) { try await Snapshot(size: size).download(from: instance) }
        await #expect(throws: BraynsError.self) {
            try await instance.exportBuffers(BufferRequest(channels: [.depth], resolution: size))
        }
        #expect(server.log.isEmpty)
        #expect(size.enlargedToSmallestSide.width >= 64 && size.enlargedToSmallestSide.height >= 64 || width == 0)
        await instance.disconnect()
    }

    @Test("enlarges a small size by a whole factor", arguments: [(1, 1, 64, 64), (7, 10, 70, 100), (64, 9, 512, 72)])
    func enlarged(width: Int, height: Int, toWidth: Int, toHeight: Int) {
        let size = PixelSize(width: width, height: height).enlargedToSmallestSide
        #expect(size == PixelSize(width: toWidth, height: toHeight))
    }

    @Test("refuses what the server refuses anyway: force without send, buffers without channels")
    func refusals() async throws {
        let server = FakeBrayns()
        let instance = BraynsInstance(connection: server.connect())
        await #expect(throws: BraynsError.self) {
            try await instance.renderImage(RenderImageRequest(force: true, send: false))
        }
        await #expect(throws: BraynsError.self) {
            try await instance.exportBuffers(BufferRequest(channels: [], resolution: nil))
        }
        await #expect(throws: BraynsError.self) { try await Snapshot().save(to: "picture.bmp", from: instance) }
        #expect(server.log.isEmpty)
        await instance.disconnect()
    }

    @Test(
        "sends cancel for the four cancellable methods and for no other",
        arguments: ["add-model", "upload-model", "snapshot", "export-gbuffers", "render-image", "get-scene"])
    func cancellation(method: String) async throws {
        let server = FakeBrayns()
        let (arrived, arrival) = AsyncStream<Void>.makeStream()
        server.on(method) { _ in
            arrival.yield()
            return .silence
        }
        let instance = BraynsInstance(connection: server.connect(), cancelBound: .milliseconds(200))
        let request = Task { try await instance.send(method, [:]) }
        for await _ in arrived { break }
        request.cancel()
        await #expect(throws: CancellationError.self) { try await request.value }
        // Answered in order, so whatever was sent before has been seen.
        _ = try await instance.version()
        #expect(server.methods.contains("cancel") == BraynsInstance.cancellableMethods.contains(method))
        await instance.disconnect()
    }

    @Test("says that a connection was lost, and that time ran out")
    func lostAndLate() async throws {
        let server = FakeBrayns()
        server.on("get-scene") { _ in .breakOff }
        server.on("get-camera-type") { _ in .silence }
        let late = BraynsInstance(connection: server.connect(), deadline: .milliseconds(50))
        #expect(await #expect(throws: BraynsError.self) { try await late.cameraType() }?.code == .deadline)
        let lost = BraynsInstance(connection: server.connect())
        #expect(await #expect(throws: BraynsError.self) { try await lost.scene() }?.code == .connectionLost)
        await late.disconnect()
        await lost.disconnect()
    }

    @Test("says that an answer is not what the method gives")
    func nonsense() async throws {
        let server = FakeBrayns()
        server.on("get-scene") { _ in .result("nonsense") }
        server.on("get-version") { _ in .result(["major": 4, "minor": 0, "patch": 0, "revision": ""]) }
        let instance = BraynsInstance(connection: server.connect())
        #expect(await #expect(throws: BraynsError.self) { try await instance.scene() }?.code == .badReply)
        #expect(await #expect(throws: BraynsError.self) { try await instance.checkVersion() }?.code == .version)
        await instance.disconnect()
    }

    @Test("saves a picture whole, and leaves no file when the server sends none")
    func saving() async throws {
        let server = FakeBrayns()
        let instance = BraynsInstance(connection: server.connect())
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = folder.appendingPathComponent("a.png")
        try await Snapshot(size: .fullHD).save(to: good.path, from: instance)
        #expect(try [UInt8](Data(contentsOf: good)) == [1, 2, 3, 4])
        server.on("snapshot") { _ in .result(["color_buffer": ["offset": 0, "size": 0]]) }
        let bad = folder.appendingPathComponent("b.jpg").path
        await #expect(throws: BraynsError.self) { try await Snapshot().save(to: bad, from: instance) }
        let nowhere = folder.appendingPathComponent("no/such/c.png").path
        let error = await #expect(throws: BraynsError.self) { try await Image().save(to: nowhere, from: instance) }
        #expect(error?.code == .file)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.png"])
        await instance.disconnect()
    }

    @Test(
        "reads picture formats off file names",
        arguments: [
            ("a.png", PictureFormat.png), ("b/c.JPEG", .jpg), ("d.e.jpg", .jpg), ("png", nil), ("a.png/b", nil),
            ("", nil),
        ])
    func formats(path: String, format: PictureFormat?) { #expect(PictureFormat(path: path) == format) }

    @Test("materials and lights come back from the wire as they went")
    func roundTrips() {
        var principled = PrincipledMaterial()
        (principled.metallic, principled.thin, principled.coatColor) = (0.5, true, Vector3(1, 0, 0.5))
        let materials: [Material] = [
            .carpaint(flakeDensity: 0.5), .emissive(color: Vector3(1, 0.5, 0), intensity: 2), .ghost,
            .glass(indexOfRefraction: 1.5), .matte(opacity: 0.25), .metal(roughness: 0.5), .phong(),
            .plastic(opacity: 1),
            .principled(principled), .other(name: "new", parameters: ["x": 1]),
        ]
        for material in materials {
            #expect(Material(name: material.name, parameters: material.parameters) == material)
        }
        let lights: [Light] = [
            .ambient(color: Vector3(1, 0.5, 0.25), intensity: 2), .directional(direction: Vector3(0, -1, 0)),
            .quad(position: .zero, edge1: Vector3(1, 0, 0), edge2: Vector3(0, 1, 0), intensity: 3),
            .sphere(position: Vector3(1, 2, 3), radius: 0.5),
        ]
        for light in lights {
            #expect(Light(braynsName: light.braynsName, parameters: light.braynsParameters) == light)
        }
        #expect(Light(braynsName: "laser", parameters: [:]) == nil)
        #expect(Light(braynsName: "ambient", parameters: ["intensity": "much"]) == nil)
    }

    @Test("puts a box into the picture as the Python client does")
    func fullScreen() {
        let camera = Camera.fullScreen(of: Bounds(min: Vector3(repeating: -1), max: Vector3(repeating: 1)))
        #expect(abs(camera.view.position.z - 3.414213562373095) < 1e-12)
        let turned = camera.rotatedAroundTarget(by: .euler(degrees: Vector3(0, 90, 0)))
        #expect((turned.view.position - Vector3(3.414213562373095, 0, 0)).length < 1e-12)
        #expect(Camera.fullScreen(of: .empty).view.position != Camera.fullScreen(of: .empty).view.target)
    }
}
