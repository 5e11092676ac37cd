// SPDX-License-Identifier: Apache-2.0
import Foundation
import ImageCore
import Models
import Scene
import Synchronization
import Testing

@testable import Raytracer

@Suite struct DeterminismTests {
    private let camera = CameraSettings(view: View(position: Vector3(4, 3, 5), target: .zero))
    private let settings = RendererSettings(
        samplesPerPixel: 3, ambientOcclusionSamples: 2, background: SIMD4(0.1, 0.2, 0.3, 0.5))

    /// A cube, a transparent ball beside it and a plane below, under three lights.
    private func scene() throws -> RenderScene {
        var extras = Model()
        extras.primitives.planes = [Primitives.Plane(coefficients: [0, 1, 0, -1], color: [0.5, 0.5, 0.5, 1])]
        extras.primitives.capsules = [
            Primitives.Capsule(p0: [-2, 0, 1], p1: [-2, 2, 0], r0: 0.4, r1: 0.2, color: [0.2, 0.9, 0.3, 1])
        ]
        return try TestScenes.scene(
            TestScenes.cube, TestScenes.sphere([1.5, 0.5, 1.5], radius: 0.7, color: [1, 0.3, 0.2, 0.4]), extras,
            lights: [
                .ambient(intensity: 0.3), .directional(direction: Vector3(-1, -2, -1), intensity: 2),
                .sphere(position: Vector3(0, 4, 3), radius: 0.5, intensity: 20),
            ])
    }

    @Test(
        "one thread and many give the same bytes, whatever the size",
        arguments: [(1, 1), (7, 5), (64, 64), (257, 3), (33, 65)])
    func threads(width: Int, height: Int) throws {
        let scene = try scene()
        let one = try TestScenes.draw(scene, camera, width, height, settings, threads: 1)
        let many = try TestScenes.draw(scene, camera, width, height, settings, threads: 5)
        #expect(one.encoded8().packedBytes() == many.encoded8().packedBytes())
        #expect(one.planes().color == many.planes().color)
    }

    /// A ball of bumps with normals of its own, in `side` by `side` steps.
    private func bumps(_ side: Int) -> Model {
        var mesh = Mesh()
        for i in 0..<side * side {
            let (u, v) = (Double(i % side) / Double(side - 1), Double(i / side) / Double(side - 1))
            let (turn, tilt) = (2 * Double.pi * u, Double.pi * v)
            let way = Vector3(cos(turn) * sin(tilt), cos(tilt), sin(turn) * sin(tilt))
            let place = SIMD3<Float>(way * (1 + 0.1 * sin(9 * turn) * sin(7 * tilt)))
            mesh.positions += [place.x, place.y, place.z]
            mesh.normals += [Float(way.x), Float(way.y), Float(way.z)]
            guard i % side > 0, i / side > 0 else { continue }
            let (a, b) = (UInt32(i - side - 1), UInt32(i - side))
            mesh.indices += [a, b, UInt32(i), a, UInt32(i), UInt32(i - 1)]
        }
        var model = Model()
        (model.meshes, model.materials) = ([mesh], [SurfaceMaterial()])
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        return model
    }

    @Test("a quick hierarchy shows the same as a good one", arguments: RendererSettings.Kind.allCases)
    func quickHierarchy(kind: RendererSettings.Kind) throws {
        let model = bumps(60)
        #expect(AssetBuilder.isQuick(model, samples: 0) && !AssetBuilder.isQuick(model, samples: 1 << 20))
        let frames = try [nil, 0].map { samples in
            let asset = try GeometryAsset(model, samples: samples)
            let scene = try RenderScene(
                instances: [RenderInstance(asset: asset)],
                lights: [.ambient(), .directional(direction: Vector3(-1, -2, -3))])
            let settings = RendererSettings(kind: kind, samplesPerPixel: 2)
            return try TestScenes.draw(scene, camera, 65, 49, settings)
        }
        #expect(frames[0].planes().color == frames[1].planes().color)
        #expect(frames[0].planes().depth == frames[1].planes().depth)
        #expect(frames[0].planes().color.contains { $0 > 0.3 })
    }

    @Test("models of many meshes or of other shapes always get a good hierarchy")
    func neverQuick() {
        var many = bumps(4)
        many.meshes = Array(repeating: many.meshes[0], count: 17)
        #expect(!AssetBuilder.isQuick(many, samples: 0))
        var mixed = bumps(4)
        mixed.primitives = TestScenes.sphere(radius: 1).primitives
        #expect(!AssetBuilder.isQuick(mixed, samples: 0))
    }

    @Test("a picture does not depend on what was drawn before it")
    func again() throws {
        let scene = try scene()
        let other = try TestScenes.scene(TestScenes.cube, lights: [.ambient()])
        let first = try TestScenes.draw(scene, camera, 50, 40, settings)
        _ = try TestScenes.draw(other, camera, 64, 64)
        let second = try TestScenes.draw(scene, camera, 50, 40, settings)
        #expect(first.encoded8().packedBytes() == second.encoded8().packedBytes())
        first.reset()
        #expect(first.accumulation == 0)
        try FrameRenderTask(scene: scene, camera: camera, settings: settings).render(into: first)
        #expect(first.encoded8().packedBytes() == second.encoded8().packedBytes())
    }

    @Test("all builds of the kernels draw the same picture within 1/255", arguments: ShadingKernels.allCases)
    func builds(kernels: ShadingKernels) throws {
        guard kernels.isSupported else { return }
        let scene = try scene()
        let base = try TestScenes.draw(scene, camera, 61, 47, settings, kernels: .base)
        let other = try TestScenes.draw(scene, camera, 61, 47, settings, kernels: kernels)
        let pairs = zip(base.encoded8().packedBytes(), other.encoded8().packedBytes())
        #expect(pairs.allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }

    @Test("narrow packets see what wide ones see", arguments: [8, 4] as [UInt32])
    func packets(width: UInt32) throws {
        let scene = try scene()
        let wide = try TestScenes.draw(scene, camera, 61, 47, settings)
        let narrow = Framebuffer(width: 61, height: 47)
        var task = FrameRenderTask(scene: scene, camera: camera, settings: settings)
        task.packetWidth = width
        try task.render(into: narrow)
        let pairs = zip(wide.encoded8().packedBytes(), narrow.encoded8().packedBytes())
        #expect(pairs.filter { abs(Int($0) - Int($1)) > 1 }.count < 20)
    }

    @Test("two frames of three samples are one frame of six")
    func accumulation() throws {
        let scene = try scene()
        let task = FrameRenderTask(scene: scene, camera: camera, settings: settings)
        let twice = Framebuffer(width: 40, height: 30)
        try task.render(into: twice)
        try task.render(into: twice)
        #expect(twice.accumulation == 2)
        var longer = settings
        longer.samplesPerPixel = 6
        let once = try TestScenes.draw(scene, camera, 40, 30, longer)
        #expect(once.accumulation == 1)
        let pairs = zip(twice.planes().color, once.planes().color)
        #expect(pairs.allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test("progress rises to 1")
    func progress() throws {
        let told = Mutex<[Double]>([])
        let framebuffer = Framebuffer(width: 200, height: 100)
        let task = FrameRenderTask(scene: try scene(), camera: camera, settings: settings)
        try task.render(into: framebuffer, progress: { share in told.withLock { $0.append(share) } })
        let shares = told.withLock { $0 }
        #expect(shares.last == 1)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("a cancelled frame stops within a tile a thread, however many samples were asked for")
    func cancelling() throws {
        let asked = Mutex(0)
        var endless = settings
        endless.samplesPerPixel = 1_000_000
        let framebuffer = Framebuffer(width: 640, height: 480)
        let task = FrameRenderTask(scene: try scene(), camera: camera, settings: endless, threads: 2)
        let error = #expect(throws: RaytracerError.self) {
            try task.render(
                into: framebuffer,
                isCancelled: {
                    asked.withLock { count in
                        count += 1
                        return count > 5
                    }
                })
        }
        #expect(error?.code == .cancelled)
        #expect(asked.withLock { $0 } <= 7)
    }
}
