// SPDX-License-Identifier: Apache-2.0
import Models
import Scene
import Synchronization
import Testing

@testable import Raytracer

/// Guides of more samples than the colour's.
@Suite struct FineGuideTests {
    private static let camera = CameraSettings(view: View(position: Vector3(4, 3, 5), target: .zero))

    private static func settings(_ kind: RendererSettings.Kind, samples: Int = 4) -> RendererSettings {
        RendererSettings(
            kind: kind, samplesPerPixel: samples, maxRayBounces: 6, ambientOcclusionSamples: 2,
            background: SIMD4(0.1, 0.2, 0.3, 0.5))
    }

    /// A cube, a half clear ball and a thin line over a plane, and glass before all of it.
    private static func scene() throws -> RenderScene {
        var extras = Model()
        extras.primitives.planes = [Primitives.Plane(coefficients: [0, 1, 0, -1], color: [0.5, 0.5, 0.5, 1])]
        extras.primitives.capsules = [
            Primitives.Capsule(p0: [-2, 0, 1], p1: [-1, 2, 2], r0: 0.02, r1: 0.01, color: [0.2, 0.9, 0.3, 1])
        ]
        let glass = TestScenes.sphere([1, 1, 3], radius: 0.6, color: [0.7, 0.9, 0.8, 1])
        return try RenderScene(
            instances: [
                RenderInstance(asset: try GeometryAsset(TestScenes.cube)),
                RenderInstance(
                    asset: try GeometryAsset(
                        TestScenes.sphere([1.5, 0.5, 1.5], radius: 0.7, color: [1, 0.3, 0.2, 0.4]))),
                RenderInstance(asset: try GeometryAsset(extras)),
                RenderInstance(asset: try GeometryAsset(glass), material: .glass()),
            ],
            lights: [.ambient(intensity: 0.3), .sphere(position: Vector3(0, 4, 3), radius: 0.5, intensity: 20)])
    }

    private static func draw(
        _ scene: RenderScene, _ settings: RendererSettings, _ width: Int = 65, _ height: Int = 49, guides: Int = 16,
        camera: CameraSettings = camera, channels: FrameChannels = .fineGuides, frames: Int = 1, threads: Int? = nil,
        kernels: ShadingKernels = .current
    ) throws -> FramePlanes {
        let framebuffer = Framebuffer(width: width, height: height, channels: channels)
        var task = FrameRenderTask(scene: scene, camera: camera, settings: settings, threads: threads)
        (task.kernels, task.guideSamples) = (kernels, guides)
        for _ in 0..<frames { try task.render(into: framebuffer) }
        return framebuffer.planes()
    }

    private static func error(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    }

    @Test(
        "they come nearer to those of many samples", arguments: RendererSettings.Kind.allCases, ShadingKernels.allCases)
    func nearer(kind: RendererSettings.Kind, kernels: ShadingKernels) throws {
        guard kernels.isSupported else { return }
        let scene = try Self.scene()
        let many = try Self.draw(scene, Self.settings(kind, samples: 256), channels: [.normal, .albedo])
        let planes = try Self.draw(scene, Self.settings(kind), kernels: kernels)
        #expect(Self.error(planes.fineAlbedo, many.albedo) * 3 < Self.error(planes.albedo, many.albedo))
        #expect(Self.error(planes.fineNormal, many.normal) * 3 < Self.error(planes.normal, many.normal))
        // With as many samples again, they come nearer yet.
        let more = try Self.draw(scene, Self.settings(kind), guides: 64, kernels: kernels)
        #expect(Self.error(more.fineNormal, many.normal) * 1.5 < Self.error(planes.fineNormal, many.normal))
    }

    @Test("where they are drawn they are those that as many samples of the picture have", arguments: [1, 4, 15])
    func prefix(samples: Int) throws {
        // In this scene no numbers are drawn but those of the sequence, which do not depend on what was drawn before.
        let scene = try TestScenes.scene(TestScenes.cube, lights: [.ambient()])
        for kind in RendererSettings.Kind.allCases {
            let whole = try Self.draw(scene, Self.settings(kind, samples: 16), channels: [.normal, .albedo])
            let planes = try Self.draw(scene, Self.settings(kind, samples: samples))
            let touched = (0..<65 * 49).filter { i in
                (3 * i..<3 * i + 3).contains { planes.fineNormal[$0] != planes.normal[$0] }
            }
            #expect(touched.count > 100 && touched.count < 65 * 49 / 2)
            for i in touched {
                for c in 3 * i..<3 * i + 3 {
                    #expect(abs(planes.fineNormal[c] - whole.normal[c]) < 1e-5)
                    #expect(abs(planes.fineAlbedo[c] - whole.albedo[c]) < 1e-5)
                }
            }
        }
    }

    @Test("where nothing differs, and with as many samples of the colour, they are the colour's own")
    func alike() throws {
        let scene = try Self.scene()
        for kind in RendererSettings.Kind.allCases {
            for (samples, guides) in [(16, 16), (17, 16), (4, 4), (4, 1), (4, 0), (4, -1)] {
                let planes = try Self.draw(scene, Self.settings(kind, samples: samples), guides: guides)
                #expect(planes.fineNormal == planes.normal && planes.fineAlbedo == planes.albedo)
                #expect(planes.normal.count == 65 * 49 * 3 && planes.albedo.contains { $0 > 0.1 })
            }
            let wall = try TestScenes.scene(TestScenes.cube, lights: [.ambient()])
            let flat = try Self.draw(
                wall, Self.settings(kind), camera: TestScenes.front(height: 1), channels: [.fineGuides, .variance])
            #expect(flat.fineNormal == flat.normal && flat.fineAlbedo == flat.albedo)
            #expect(flat.normal[3 * 700 + 2] == 1)
        }
    }

    @Test(
        "any number of threads gives the same bytes, whatever the size",
        arguments: [(1, 1), (7, 5), (65, 33), (3, 100)], RendererSettings.Kind.allCases)
    func threads(size: (width: Int, height: Int), kind: RendererSettings.Kind) throws {
        let scene = try Self.scene()
        let planes = try [1, 5].map {
            try Self.draw(scene, Self.settings(kind, samples: 1), size.width, size.height, threads: $0)
        }
        #expect(planes[0].fineNormal == planes[1].fineNormal && planes[0].fineAlbedo == planes[1].fineAlbedo)
        #expect(planes[0].fineAlbedo.count == 3 * size.width * size.height)
        #expect(planes[0].fineAlbedo.allSatisfy { $0.isFinite })
    }

    @Test("all builds of the kernels draw the same", arguments: ShadingKernels.allCases, RendererSettings.Kind.allCases)
    func builds(kernels: ShadingKernels, kind: RendererSettings.Kind) throws {
        guard kernels.isSupported else { return }
        let scene = try Self.scene()
        let base = try Self.draw(scene, Self.settings(kind), kernels: .base)
        let other = try Self.draw(scene, Self.settings(kind), kernels: kernels)
        // Rounding may send a ray past an edge; no more than a few pixels.
        let differing = zip(base.fineNormal, other.fineNormal).filter { abs($0 - $1) > 1e-3 }.count
        #expect(differing < 30)
    }

    @Test("they are drawn anew with each frame that is added, and forgotten with it", arguments: [5, 8])
    func accumulation(samples: Int) throws {
        let scene = try Self.scene()
        let settings = Self.settings(.production, samples: samples)
        let twice = try Self.draw(scene, settings, frames: 2)
        let once = try Self.draw(scene, Self.settings(.production, samples: 2 * samples))
        #expect(zip(twice.fineAlbedo, once.fineAlbedo).allSatisfy { abs($0 - $1) < 1e-5 })
        if samples == 8 { #expect(twice.fineAlbedo == twice.albedo) }
        let framebuffer = Framebuffer(width: 9, height: 9, channels: .fineGuides)
        try FrameRenderTask(scene: scene, camera: Self.camera, settings: settings).render(into: framebuffer)
        framebuffer.reset()
        #expect(framebuffer.planes().fineAlbedo == [Float](repeating: 0, count: 243))
    }

    @Test("to draw them changes nothing else, and what does not ask for them has none")
    func beside() throws {
        let scene = try Self.scene()
        for kind in RendererSettings.Kind.allCases {
            let with = try Self.draw(scene, Self.settings(kind), channels: [.all, .fineGuides])
            let without = try Self.draw(scene, Self.settings(kind), channels: .all)
            #expect(with.color == without.color && with.variance == without.variance && with.depth == without.depth)
            #expect(with.normal == without.normal && with.albedo == without.albedo)
            #expect(without.fineNormal.isEmpty && without.fineAlbedo.isEmpty)
        }
    }

    @Test("progress goes on through them to 1, and a frame is cancelled in them as well")
    func progress() throws {
        let scene = try Self.scene()
        let framebuffer = Framebuffer(width: 128, height: 128, channels: .fineGuides)
        let task = FrameRenderTask(scene: scene, camera: Self.camera, settings: Self.settings(.production))
        let told = Mutex<[Double]>([])
        try task.render(into: framebuffer, progress: { share in told.withLock { $0.append(share) } })
        let shares = told.withLock { $0 }
        // Sixteen tiles, each of them twice.
        #expect(shares.last == 1 && shares.count == 32)
        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 < $1 })
        let asked = Mutex(0)
        framebuffer.reset()
        let error = #expect(throws: RaytracerError.self) {
            try task.render(
                into: framebuffer,
                isCancelled: {
                    asked.withLock { count in
                        count += 1
                        return count > 20
                    }
                })
        }
        #expect(error?.code == .cancelled)
    }

    @Test("many are drawn in passes, and are the same as those of the picture")
    func passes() throws {
        let scene = try TestScenes.scene(TestScenes.cube, lights: [.ambient()])
        let whole = try Self.draw(scene, Self.settings(.production, samples: 100), channels: [.normal, .albedo])
        let planes = try Self.draw(scene, Self.settings(.production, samples: 3), guides: 100)
        for c in planes.fineNormal.indices where planes.fineNormal[c] != planes.normal[c] {
            #expect(abs(planes.fineNormal[c] - whole.normal[c]) < 1e-5)
        }
        #expect(Self.error(planes.fineNormal, whole.normal) * 100 < Self.error(planes.normal, whole.normal))
    }

    @Test("in volumes they are those of more places that light comes from", arguments: [1, 4])
    func volume(samples: Int) throws {
        var model = Model()
        model.volumes = [
            try VolumeGrid(
                dimensions: SIMD3(4, 4, 4),
                samples: .uint8((0..<64).map { $0 % 4 < 2 ? 100 : 255 }))
        ]
        let ramp = ColorRamp(
            colors: [SIMD4(0, 0, 0, 0), SIMD4(1, 0.2, 0, 0.1), SIMD4(0, 0.3, 1, 0.5)], range: [0, 255])
        let wall = TestScenes.sphere([2, 2, -4], radius: 2, color: [0.2, 0.9, 0.1, 1])
        let scene = try RenderScene(
            instances: [
                RenderInstance(asset: try GeometryAsset(model), colorRamp: ramp),
                RenderInstance(asset: try GeometryAsset(wall)),
            ], lights: [.ambient()])
        let camera = CameraSettings(view: View(position: Vector3(2, 2, 12), target: Vector3(2, 2, 0)))
        let many = try Self.draw(
            scene, Self.settings(.production, samples: 512), 33, 21, camera: camera, channels: [.normal, .albedo])
        let planes = try Self.draw(
            scene, Self.settings(.production, samples: samples), 33, 21, guides: 32, camera: camera)
        #expect(Self.error(planes.fineAlbedo, many.albedo) * 3 < Self.error(planes.albedo, many.albedo))
        #expect(Self.error(planes.fineNormal, many.normal) * 3 < Self.error(planes.normal, many.normal))
        // The interactive renderer sees surfaces behind volumes, and nothing of these.
        let plain = Self.settings(.interactive, samples: samples)
        let behind = try Self.draw(scene, plain, 33, 21, guides: 64, camera: camera)
        let reference = try Self.draw(
            scene, Self.settings(.interactive, samples: 256), 33, 21, camera: camera, channels: [.normal, .albedo])
        #expect(Self.error(behind.fineAlbedo, reference.albedo) * 2 < Self.error(behind.albedo, reference.albedo))
    }
}
