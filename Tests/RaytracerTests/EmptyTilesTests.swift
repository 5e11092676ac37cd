// SPDX-License-Identifier: Apache-2.0
import Models
import Scene
import Testing

@testable import Raytracer

@Suite struct EmptyTilesTests {
    /// A camera and whether some of its picture lies beside the cube.
    struct Look: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var camera: CameraSettings
        var hasEmpty = true
    }

    private static let looks: [Look] = {
        let aslant = View(position: Vector3(9, 7, 11), target: Vector3(2, 0, 1), up: Vector3(0.3, 1, -0.2))
        var turned = CameraSettings(view: aslant)
        (turned.regionStart, turned.regionEnd) = (SIMD2(0.1, 0.2), SIMD2(0.9, 0.7))
        let inside = View(position: Vector3(0.1, 0.2, 0.3), target: Vector3(3, 1, 0))
        let away = View(position: Vector3(9, 7, 11), target: Vector3(18, 14, 22))
        let half = CameraSettings(
            view: View(position: Vector3(6, 0, 0.5), target: Vector3(0, 0, 3)), projection: .perspective(fovy: 60))
        return [
            Look(testDescription: "perspective", camera: CameraSettings(view: aslant)),
            Look(
                testDescription: "orthographic",
                camera: CameraSettings(view: aslant, projection: .orthographic(height: 9))),
            Look(testDescription: "part of a region, the other way up", camera: turned),
            Look(testDescription: "half beside", camera: half),
            Look(testDescription: "looking away", camera: CameraSettings(view: away)),
            Look(testDescription: "from within", camera: CameraSettings(view: inside), hasEmpty: false),
            Look(
                testDescription: "cylindric", camera: CameraSettings(view: aslant, projection: .cylindric(fovy: 60)),
                hasEmpty: false),
        ]
    }()

    private func scene() throws -> RenderScene {
        let cube = RenderInstance(
            asset: try GeometryAsset(TestScenes.cube), transform: .translation(Vector3(1, 0.5, -0.5)))
        let ball = RenderInstance(asset: try GeometryAsset(TestScenes.sphere([-0.5, 0, 0.5], radius: 0.5)))
        return try RenderScene(
            instances: [cube, ball], lights: [.ambient(intensity: 0.5), .directional(direction: Vector3(-1, -2, -3))])
    }

    @Test("tiles without anything are told without a difference in any picture", arguments: looks)
    func equal(look: Look) throws {
        let scene = try scene()
        for (width, height) in [(257, 130), (64, 64), (33, 1)] {
            let settings = RendererSettings(samplesPerPixel: 3, background: SIMD4(0.1, 0.2, 0.3, 0.4))
            let frames = try [true, false].map { skips in
                var task = FrameRenderTask(scene: scene, camera: look.camera, settings: settings)
                task.skipsEmptyTiles = skips
                let frame = Framebuffer(width: width, height: height)
                try task.render(into: frame)
                try task.render(into: frame)
                return frame.planes()
            }
            #expect(frames[0].color == frames[1].color)
            #expect(frames[0].depth == frames[1].depth && frames[0].normal == frames[1].normal)
        }
    }

    @Test("what is told empty is so, and beside the model something is", arguments: looks)
    func told(look: Look) throws {
        let scene = try scene()
        let (width, height) = (320, 256)
        let record = try look.camera.record(aspect: Double(width) / Double(height))
        let empty = EmptyTiles(scene, record, width: width, height: height, offsets: [0.5, 0.5])
        var found = 0
        for y in stride(from: Int32(0), to: Int32(height), by: 32) {
            for x in stride(from: Int32(0), to: Int32(width), by: 32) {
                if empty?.contains(x0: x, y0: y, x1: x + 32, y1: y + 32) == true { found += 1 }
            }
        }
        #expect((found > 10) == look.hasEmpty)
    }

    @Test("a scene of endless planes or of nothing has no tile that is told empty")
    func endless() throws {
        var plane = Model()
        plane.primitives.planes = [Primitives.Plane(coefficients: [0, 1, 0, -1], color: [1, 1, 1, 1])]
        let camera = CameraSettings(view: View(position: Vector3(0, 5, 5), target: .zero))
        let below = try EmptyTiles(
            TestScenes.scene(plane), camera.record(aspect: 1), width: 64, height: 64, offsets: [0.5, 0.5])
        #expect(below?.contains(x0: 0, y0: 32, x1: 32, y1: 64) == false)
    }
}
