// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Jobs
import Scene
import TestFixtures
import Testing

@testable import Rendering

/// How frames are asked for.
@Suite struct CaptureTests {
    private func prepared(
        _ server: FakeBrayns, isExclusive: Bool = true, options: RenderingOptions = RenderingOptions()
    ) async throws -> any FrameRenderer {
        let renderer = try await FakeBackend.renderer(on: server, isExclusive: isExclusive, options: options)
        _ = try await renderer.prepare(FakeBackend.scene)
        server.forgetLog()
        return renderer
    }

    @Test("draws on a server of one's own by render-image and sends only what changes")
    func renderImage() async throws {
        let server = FakeBrayns()
        let renderer = try await prepared(server)
        let first = try await renderer.render(FakeBackend.frame())
        guard case .encoded(let bytes) = first.pixels else { throw RendererError(.remote, stage: "", "no picture") }
        #expect(bytes == [9, 8, 7] && first.method == "render-image" && first.notes.isEmpty)
        #expect(first.stageSeconds.keys.sorted() == ["render", "request"])
        #expect(server.methods.count == 8)
        let image = try #require(server.log.last?.params)
        #expect(image["accumulate"] == false && image["format"] == "png" && image["force"] == true)
        server.forgetLog()
        _ = try await renderer.render(FakeBackend.frame(x: 1))
        #expect(server.methods == ["set-camera-view", "render-image"])
        server.forgetLog()
        _ = try await renderer.render(FakeBackend.frame(x: 1, lights: [.sphere(position: .zero)]))
        #expect(server.methods == ["remove-model", "add-light-sphere", "render-image"])
        await renderer.close()
    }

    @Test("begins an unchanged picture anew instead of adding samples to it")
    func unchanged() async throws {
        let server = FakeBrayns()
        let renderer = try await prepared(server)
        for _ in 0..<3 { _ = try await renderer.render(FakeBackend.frame()) }
        #expect(
            server.methods.suffix(4) == [
                "set-framebuffer-static", "render-image", "set-framebuffer-static", "render-image",
            ])
        await renderer.close()
    }

    @Test("says everything again after another job's scene, so that nothing is inherited")
    func nothingInherited() async throws {
        let server = FakeBrayns()
        let renderer = try await prepared(server)
        var odd = FakeBackend.frame(x: 3)
        (odd.nearClip, odd.projection) = (0.5, .orthographic(height: 2))
        _ = try await renderer.render(FakeBackend.frame())
        let first = settings(server)
        _ = try await renderer.prepare(SceneRequest(models: [.init(path: "/b.ply")]))
        _ = try await renderer.render(odd)
        #expect(settings(server) != first)
        _ = try await renderer.prepare(FakeBackend.scene)
        server.forgetLog()
        _ = try await renderer.render(FakeBackend.frame())
        #expect(settings(server) == first)
        #expect(
            Set(server.methods).isSuperset(of: ["set-camera-near-clip", "set-camera-region", "set-camera-perspective"]))
        await renderer.close()
    }

    private func settings(_ server: FakeBrayns) -> [JSONValue?] {
        ["camera-view", "camera-near-clip", "camera-region", "renderer-interactive", "application-parameters"].map {
            server.setting($0)
        }
    }

    @Test("draws on a shared server by snapshot, with everything in the request")
    func snapshot() async throws {
        let server = FakeBrayns()
        let renderer = try await prepared(server, isExclusive: false)
        var frame = FakeBackend.frame()
        (frame.nearClip, frame.simulationFrame) = (0.25, 7)
        let drawn = try await renderer.render(frame)
        #expect(drawn.method == "snapshot")
        #expect(server.methods == ["add-light-ambient", "snapshot"])
        let params = try #require(server.log.last?.params)
        #expect(params["image_settings"] == ["format": "png", "size": [320, 240]])
        #expect(params["camera"]?["name"] == "perspective" && params["renderer"]?["name"] == "interactive")
        #expect(params["camera_near_clip"] == 0.25 && params["simulation_frame"] == 7)
        #expect(params["image_start"] == [0, 1] && params["image_end"] == [1, 0])
        await renderer.close()
        #expect(server.setting("simulation-parameters")?["current"] == 0)
    }

    @Test(
        "asks a foreign server for at least 64 pixels a side at the same aspect, and says so", arguments: [true, false])
    func small(isExclusive: Bool) async throws {
        let server = FakeBrayns()
        let renderer = try await prepared(server, isExclusive: isExclusive)
        let drawn = try await renderer.render(FakeBackend.frame(32, 10))
        #expect(drawn.notes.count == 1 && drawn.notes[0].contains("224x70"))
        let size =
            isExclusive
            ? server.setting("application-parameters")?["viewport"]
            : server.log.last?.params?["image_settings"]?["size"]
        #expect(size == [224, 70])
        await renderer.close()
    }

    @Test("asks Darkroom's own backend for any size")
    func smallOnOwn() async throws {
        let server = FakeBrayns(isDarkroom: true)
        let renderer = try await prepared(server)
        #expect(try await renderer.render(FakeBackend.frame(7, 1)).notes.isEmpty)
        #expect(server.setting("application-parameters")?["viewport"] == [7, 1])
        await renderer.close()
    }

    @Test("a frame without pixels is refused before the backend sees it", arguments: [(0, 5), (5, 0), (-1, 64)])
    func empty(width: Int, height: Int) async throws {
        let server = FakeBrayns()
        let renderer = try await prepared(server)
        let error = await #expect(throws: RendererError.self) {
            try await renderer.render(FakeBackend.frame(width, height))
        }
        #expect(error?.blame == .limits && server.log.isEmpty)
        await renderer.close()
    }

    @Test("gives a stock server a black light when paths are traced in the dark")
    func dark() async throws {
        let server = FakeBrayns()
        let renderer = try await prepared(server)
        var frame = FakeBackend.frame(lights: [])
        frame.renderer = RendererSettings(kind: .production)
        #expect(try await renderer.render(frame).notes.count == 1)
        let light = try #require(server.log.first { $0.method == "add-light-ambient" }?.params)
        #expect(light["intensity"] == 0)
        await renderer.close()
    }

    @Test("parts rendering from sending when asked to")
    func parted() async throws {
        let server = FakeBrayns()
        var options = RenderingOptions()
        options.partsTransfer = true
        let renderer = try await prepared(server, options: options)
        let drawn = try await renderer.render(FakeBackend.frame())
        #expect(drawn.stageSeconds.keys.sorted() == ["render", "request", "transfer"])
        let requests = server.log.filter { $0.method == "render-image" }.compactMap(\.params)
        try #require(requests.count == 2)
        #expect(requests[0]["send"] == false && requests[0]["force"] == nil)
        #expect(requests[1]["render"] == false && requests[1]["force"] == true)
        await renderer.close()
    }

    @Test("fetches float planes when they are wanted and announced, else the picture")
    func planes() async throws {
        let server = FakeBrayns(isDarkroom: true)
        let floats: [Float] = [0.5, 0.25, 0.125, 1]
        let payload = floats.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
        server.on("render-planes") { _ in
            .result(
                [
                    "width": 1, "height": 1,
                    "channels": [["name": "color", "components": 4, "offset": 0, "size": 16]],
                ], payload: payload)
        }
        var frame = FakeBackend.frame(1, 1)
        frame.wantsPlanes = true
        let renderer = try await prepared(server)
        let drawn = try await renderer.render(frame)
        guard case .planes(let planes) = drawn.pixels else { throw RendererError(.remote, stage: "", "no planes") }
        #expect(planes.color == floats && planes.width == 1 && drawn.method == "render-planes")
        #expect(server.log.last?.params?["resolution"] == [1, 1] && server.log.last?.params?["image_settings"] == nil)
        await renderer.close()
        let plain = try await prepared(FakeBrayns())
        #expect(try await plain.render(frame).method == "render-image")
        await plain.close()
    }

    @Test("guides come in the same request as the colour, and only planes of the size asked for are taken")
    func guides() async throws {
        let server = FakeBrayns(isDarkroom: true)
        let floats = [Float](repeating: 0.5, count: 4 * 2 + 3 * 2)
        let payload = floats.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
        server.on("render-planes") { _ in
            .result(
                [
                    "width": 2, "height": 1,
                    "channels": [
                        ["name": "color", "components": 4, "offset": 0, "size": 32],
                        ["name": "albedo", "components": 3, "offset": 32, "size": 24],
                    ],
                ], payload: payload)
        }
        var frame = FakeBackend.frame(2, 1)
        (frame.channels, frame.needsPlanes) = ([.variance, .albedo], true)
        let renderer = try await prepared(server)
        let drawn = try await renderer.render(frame)
        guard case .planes(let planes) = drawn.pixels else { throw RendererError(.remote, stage: "", "no planes") }
        #expect(planes.albedo == Array(floats[8...]) && planes.variance.isEmpty && planes.normal.isEmpty)
        #expect(server.log.last?.params?["channels"] == ["color", "albedo", "variance"])
        #expect(server.log.last?.params?["guide_samples"] == nil)
        (frame.channels, frame.guideSamples) = ([.fineNormal, .albedo, .fineAlbedo], 48)
        _ = try await renderer.render(frame)
        #expect(server.log.last?.params?["channels"] == ["color", "albedo", "fine_albedo", "fine_normal"])
        #expect(server.log.last?.params?["guide_samples"] == 48)
        (frame.width, frame.height) = (1, 2)
        let error = await #expect(throws: RendererError.self) { try await renderer.render(frame) }
        #expect(error?.message.contains("2x1 pixels where 1x2 were asked for") == true)
        await renderer.close()
    }

    @Test("a real Brayns sends what it has by export-gbuffers; a server with neither is named")
    func exports() async throws {
        let server = FakeBrayns()
        server.on("export-gbuffers") { _ in .result(.null, payload: [1, 2, 3]) }
        var frame = FakeBackend.frame()
        (frame.channels, frame.needsPlanes) = ([.variance, .depth, .fineAlbedo, .fineNormal], true)
        frame.guideSamples = 32
        let renderer = try await prepared(server)
        let drawn = try await renderer.render(frame)
        guard case .buffers(let bytes) = drawn.pixels else { throw RendererError(.remote, stage: "", "no buffers") }
        #expect(bytes == [1, 2, 3] && drawn.method == "export-gbuffers")
        #expect(server.log.last?.params?["channels"] == ["color", "depth"])
        #expect(server.log.last?.params?["guide_samples"] == nil)
        await renderer.close()
        let bare = FakeBrayns()
        bare.on("registry") { _ in .result(["snapshot", "render-image", "get-simulation-parameters"]) }
        let poor = try await prepared(bare)
        let error = await #expect(throws: RendererError.self) { try await poor.render(frame) }
        #expect(error?.blame == .limits && error?.message.contains("neither render-planes nor export-gbuffers") == true)
        await poor.close()
    }
}
