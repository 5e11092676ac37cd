// SPDX-License-Identifier: Apache-2.0
import Models
import Raytracer
import Scene
import Testing

@Suite struct CameraTests {
    /// Alpha of each pixel.
    private func alpha(_ frame: Framebuffer) -> [Float] {
        let color = frame.planes().color
        return stride(from: 3, to: color.count, by: 4).map { color[$0] }
    }

    @Test("row 0 is the top and column 0 the left, for all projections")
    func upright() throws {
        // A ball up on the right.
        let scene = try TestScenes.scene(TestScenes.sphere([1, 1, 0], radius: 0.5))
        let view = View(position: Vector3(0, 0, 5), target: .zero)
        for projection in [Projection.perspective(), .orthographic(height: 4)] {
            let camera = CameraSettings(view: view, projection: projection)
            let seen = alpha(try TestScenes.draw(scene, camera, 32, 32))
            let middle = (0..<1024).filter { seen[$0] > 0 }
            #expect(middle.count > 20)
            #expect(middle.allSatisfy { $0 / 32 < 16 && $0 % 32 > 15 })
        }
    }

    @Test("a region shows its part of the whole picture")
    func region() throws {
        let scene = try TestScenes.scene(TestScenes.cube, TestScenes.sphere([1.5, 1, 0], radius: 0.7))
        let settings = RendererSettings(samplesPerPixel: 1, background: SIMD4(0, 0, 0, 0))
        var camera = CameraSettings(view: View(position: Vector3(2, 3, 6), target: .zero))
        let whole = try TestScenes.draw(scene, camera, 64, 64, settings).planes()
        // The upper right quarter. The filter's offset is in pixels, and those are as large as before.
        camera.regionStart = SIMD2(0.5, 1)
        camera.regionEnd = SIMD2(1, 0.5)
        let quarter = try TestScenes.draw(scene, camera, 32, 32, settings).planes()
        for y in 0..<32 {
            for x in 0..<32 {
                let (a, b) = (whole.depth[y * 64 + 32 + x], quarter.depth[y * 32 + x])
                #expect(a == b || abs(a - b) < 1e-3 * a)
            }
        }
    }

    @Test("nothing nearer than the near clip is seen", arguments: [(1e-6, 7.5), (8.0, 8.5), (20.0, Double.infinity)])
    func nearClip(distance: Double, expected: Double) throws {
        let scene = try TestScenes.scene(
            TestScenes.sphere([0, 0, 2], radius: 0.5), TestScenes.sphere([0, 0, 1], radius: 0.5))
        var camera = TestScenes.front(height: 0.001)
        camera.nearClip = distance
        let depth = Double(try TestScenes.draw(scene, camera, 1, 1).planes().depth[0])
        #expect(depth == expected || abs(depth - expected) < 0.01 || (expected == 8.5 && abs(depth - 8.5) < 0.01))
    }

    @Test("depth, normal and albedo are those of the first surface")
    func planes() throws {
        let scene = try TestScenes.scene(TestScenes.sphere(radius: 2, color: [0.2, 0.4, 0.6, 1]))
        let planes = try TestScenes.draw(scene, TestScenes.front(height: 0.001), 1, 1).planes()
        #expect(abs(planes.depth[0] - 8) < 1e-3)
        #expect(zip(planes.normal, [0, 0, 1] as [Float]).allSatisfy { abs($0 - $1) < 1e-3 })
        #expect(zip(planes.albedo, [0.2, 0.4, 0.6] as [Float]).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test("planes that were not asked for are empty")
    func fewerPlanes() throws {
        let framebuffer = Framebuffer(width: 2, height: 3, channels: .depth)
        try FrameRenderTask(
            scene: try TestScenes.scene(TestScenes.cube), camera: TestScenes.front(height: 1),
            settings: RendererSettings()
        ).render(into: framebuffer)
        let planes = framebuffer.planes()
        #expect(planes.depth.count == 6 && planes.color.count == 24)
        #expect(planes.normal.isEmpty && planes.albedo.isEmpty)
    }

    @Test("a cylinder sees half a turn: what is beside it at its edges, what is ahead in its middle")
    func cylindric() throws {
        let scene = try TestScenes.scene(
            TestScenes.sphere([-5, 0, 0]), TestScenes.sphere([5, 0, 0]), TestScenes.sphere([0, 0, -3], radius: 0.5),
            TestScenes.sphere([0, 0, 5]))
        let camera = CameraSettings(
            view: View(position: .zero, target: Vector3(0, 0, -1)), projection: .cylindric(fovy: 60))
        let depth = try TestScenes.draw(scene, camera, 257, 33).planes().depth
        let row = Array(depth[(16 * 257)..<(17 * 257)])
        #expect(abs(row[1] - 4) < 0.1 && abs(row[255] - 4) < 0.1)
        #expect(abs(row[128] - 2.5) < 0.1)
        #expect(row[64] == .infinity && row[192] == .infinity)
    }

    @Test("clip planes cut away what lies below them")
    func clip() throws {
        let asset = try GeometryAsset(TestScenes.sphere(radius: 1))
        let scene = try RenderScene(
            instances: [RenderInstance(asset: asset)], lights: [.ambient()],
            clipPlanes: [SIMD4(1, 0, 0, 0), SIMD4(0, 2, 0, 0)])
        let seen = alpha(try TestScenes.draw(scene, TestScenes.front(height: 2), 64, 64))
        let quarter = Double(seen.reduce(0, +)) / (64 * 64) * 4
        #expect(abs(quarter - .pi / 4) < 0.03)
        #expect(seen[(48 * 64 + 16)] == 0 && seen[16 * 64 + 40] == 1)
    }

    @Test("cameras that cannot look anywhere are refused with a sentence")
    func refused() throws {
        let scene = try TestScenes.scene(TestScenes.cube)
        let here = Vector3(1, 2, 3)
        let wrong: [CameraSettings] = [
            CameraSettings(view: View(position: here, target: here)),
            CameraSettings(view: View(position: .zero, target: Vector3(0, 1, 0))),
            CameraSettings(view: View(position: .zero, target: here, up: .zero)),
            CameraSettings(view: View(position: Vector3(.nan, 0, 0), target: here)),
            CameraSettings(view: View(position: .zero, target: here), projection: .perspective(fovy: 0)),
            CameraSettings(view: View(position: .zero, target: here), projection: .orthographic(height: -1)),
            CameraSettings(view: View(position: .zero, target: here), projection: .cylindric(fovy: 180)),
        ]
        for camera in wrong {
            let error = #expect(throws: RaytracerError.self) { try TestScenes.draw(scene, camera, 4, 4) }
            #expect(error?.code == .invalidInput)
        }
    }

    @Test("picking names model, place and shape")
    func pick() throws {
        var model = Model()
        model.primitives.boxes = [
            Primitives.Box(min: [-3, -1, -1], max: [-1, 1, 1], color: [1, 1, 1, 1]),
            Primitives.Box(min: [1, -1, -1], max: [3, 1, 1], color: [1, 1, 1, 1]),
        ]
        let asset = try GeometryAsset(model)
        let raised = Matrix4(SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 1, 0), SIMD4(0, 2.5, 0, 1))
        let scene = try RenderScene(instances: [
            RenderInstance(asset: asset, modelID: 3), RenderInstance(asset: asset, transform: raised, modelID: 8),
        ])
        let camera = TestScenes.front(height: 8)
        let right = try #require(scene.pick(camera, aspect: 1, position: SIMD2(0.75, 0.5)))
        #expect(right.modelID == 3 && right.primitive == 1)
        #expect((right.position - Vector3(2, 0, 1)).length < 1e-4)
        let upperLeft = try #require(scene.pick(camera, aspect: 1, position: SIMD2(0.25, 0.2)))
        #expect(upperLeft.modelID == 8 && upperLeft.primitive == 0)
        #expect(scene.pick(camera, aspect: 1, position: SIMD2(0.5, 0.5)) == nil)
        #expect(scene.pick(camera, aspect: 1, position: SIMD2(0.5, 0.99)) == nil)
    }
}
