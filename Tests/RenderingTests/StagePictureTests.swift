// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Jobs
import Scene
import TestFixtures
import Testing

@testable import Rendering

/// Pictures of USD stages, through Pixar's reader and the built-in renderer.
@Suite(
    .serialized,
    .enabled(
        if: StageFlattenerTests.interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with usd-core"))
struct StagePictureTests {
    private static let (width, height) = (180, 120)

    /// Draws a stage as its camera sees it, under its lights.
    private func picture(_ stage: String) async throws -> (report: SceneReport, png: [UInt8]) {
        var embedded = BackendChoice.EmbeddedOptions(children: 1, threads: 1)
        embedded.executable = EmbeddedProgram.path
        let renderer = try await BraynsRendererProvider(.embedded(embedded)).makeRenderer(index: 0)
        let report = try await renderer.prepare(SceneRequest(models: [.init(path: stage)]))
        let png = try await Self.draw(report, on: renderer)
        await renderer.close()
        return (report, png)
    }

    /// The bytes of a frame as the stage's camera sees it.
    ///
    /// By itself because the compiler (Swift 6.3.1) lays out the frame of one function with both calls too small.
    private static func draw(_ report: SceneReport, on renderer: any FrameRenderer) async throws -> [UInt8] {
        guard let camera = report.camera else {
            throw RendererError(.input, stage: "load", "the stage has no camera")
        }
        let frame = FrameRequest(
            view: camera.view, projection: camera.projection, width: width, height: height,
            renderer: RendererSettings(background: .zero))
        let drawn = try await renderer.render(frame)
        guard case .encoded(let bytes) = drawn.pixels else {
            throw RendererError(.remote, stage: "render", "no picture came")
        }
        return bytes
    }

    @Test("surfaces, instances, colours and textures stand where the stage has them", .timeLimit(.minutes(2)))
    func shelf() async throws {
        let (report, png) = try await picture(StageFlattenerTests.shelf)
        #expect(report.up == .plusY && report.lights.count == 3)
        // Metres: a board of two by 0.8, a sign that reaches 0.7 high; what is hidden or a proxy does not count.
        #expect((report.bounds.min - Vector3(-1, -0.02, -0.4)).length < 1e-4, "\(report.bounds)")
        #expect((report.bounds.max - Vector3(1, 0.7, 0.4)).length < 1e-4, "\(report.bounds)")
        let pixels = try ImageDecoder.decode(png).packedBytes()
        #expect(pixels.count == 4 * Self.width * Self.height)
        let camera = try #require(report.camera)
        // Points in centimetres and +Z up, as the stage has them, and the channel that is strongest there.
        let places: [(point: Vector3, channel: Int)] = [
            (Vector3(0, -20, 20), 0), (Vector3(55, -30, 10), 0), (Vector3(40, 26, 12), 2), (Vector3(-75, 30, 55), 0),
            (Vector3(-45, 30, 55), 1), (Vector3(-75, 30, 25), 2),
        ]
        for (point, channel) in places {
            let color = sample(pixels, at: project(point, camera))
            let others = (0..<3).filter { $0 != channel }.map { color[$0] }
            #expect(color[channel] > 1.5 * (others.max() ?? 1) && color[channel] > 40, "\(point): \(color)")
        }
        let white = sample(pixels, at: project(Vector3(-45, 30, 25), camera))
        let (darkest, brightest) = (white.min() ?? 0, white.max() ?? 0)
        #expect(darkest > 60 && brightest - darkest < 60, "\(white)")
    }

    @Test("the same stage in text, crate and package gives the same picture", .timeLimit(.minutes(2)))
    func formats() async throws {
        try await StageFlattenerTests.inFolder { folder in
            let script = """
                import sys
                from pxr import Sdf, Usd, UsdUtils
                source, folder = sys.argv[1:]
                Usd.Stage.Open(source).Flatten().Export(folder + "/shelf.usdc")
                assert UsdUtils.CreateNewUsdzPackage(Sdf.AssetPath(source), folder + "/shelf.usdz")
                """
            let run = try await ProgramRun.run(
                try await StageFlattener().version().python, ["-c", script, StageFlattenerTests.shelf, folder],
                within: .seconds(60))
            #expect(run.code == 0, "\(run.lastLines)")
            let first = try await picture(StageFlattenerTests.shelf).png
            for name in ["shelf.usdc", "shelf.usdz"] {
                #expect(try await picture("\(folder)/\(name)").png == first, "\(name)")
            }
        }
    }

    /// The mean of nine pixels around a place; RGBA bytes.
    private func sample(_ bytes: [UInt8], at place: (x: Int, y: Int)) -> [Double] {
        var sum = [0.0, 0, 0]
        for y in place.y - 1...place.y + 1 {
            for x in place.x - 1...place.x + 1 {
                let start = 4 * (y * Self.width + x)
                for channel in 0..<3 { sum[channel] += Double(bytes[start + channel]) / 9 }
            }
        }
        return sum
    }

    private func project(_ stage: Vector3, _ camera: StageCamera) -> (x: Int, y: Int) {
        let (basis, world) = (camera.view.basis, Vector3(stage.x, stage.z, -stage.y) * 0.01)
        let way = world - camera.view.position
        guard case .perspective(let fovy, _, _) = camera.projection else { return (0, 0) }
        let scale = Double(Self.height) / 2 / tan(fovy * .pi / 360) / way.dot(basis.direction)
        return (
            Int(Double(Self.width) / 2 + way.dot(basis.right) * scale),
            Int(Double(Self.height) / 2 - way.dot(basis.up) * scale)
        )
    }
}
