// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene
import Testing

@testable import Raytracer

@Suite struct VolumeTests {
    private let high = SIMD2<Float>(0, 255)

    /// A cube of 4 x 4 x 4 equal samples from the origin to (4, 4, 4), cast in one colour.
    private func even(
        _ color: SIMD4<Float>, transform: Matrix4 = .identity, samples: VolumeGrid.Samples? = nil
    ) throws -> RenderInstance {
        let grid = try VolumeGrid(
            dimensions: SIMD3(4, 4, 4), samples: samples ?? .uint8(Array(repeating: 255, count: 64)))
        return try instance(grid, ColorRamp(colors: [SIMD4(0, 0, 0, 0), color], range: high), transform)
    }

    private func instance(
        _ grid: VolumeGrid, _ ramp: ColorRamp?, _ transform: Matrix4 = .identity
    ) throws -> RenderInstance {
        var model = Model()
        model.volumes = [grid]
        return RenderInstance(asset: try GeometryAsset(model), transform: transform, colorRamp: ramp)
    }

    private func ball(_ center: SIMD3<Float>, _ color: SIMD4<Float> = [1, 1, 1, 1]) throws -> RenderInstance {
        RenderInstance(asset: try GeometryAsset(TestScenes.sphere(center, radius: 0.5, color: color)))
    }

    /// Mean linear colour around a place, looking along -z from far away.
    private func color(
        _ instances: [RenderInstance], lights: [Light] = [], at x: Double = 2, _ y: Double = 2,
        background: SIMD4<Double> = .zero, kind: RendererSettings.Kind = .interactive, samples: Int = 1,
        bounces: Int = 64, planes: [SIMD4<Double>] = []
    ) throws -> SIMD4<Float> {
        let scene = try RenderScene(instances: instances, lights: lights, clipPlanes: planes)
        let camera = CameraSettings(
            view: View(position: Vector3(x, y, 20), target: Vector3(x, y, 0)), projection: .orthographic(height: 1e-3))
        let settings = RendererSettings(
            kind: kind, samplesPerPixel: samples, maxRayBounces: bounces,
            background: background)
        let pixels = try TestScenes.draw(scene, camera, 8, 8, settings).planes().color
        return stride(from: 0, to: pixels.count, by: 4).reduce(SIMD4<Float>(repeating: 0)) { sum, i in
            sum + SIMD4(pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3])
        } / 64
    }

    private func isNear(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ tolerance: Float = 2e-3) -> Bool {
        (0..<4).allSatisfy { abs(a[$0] - b[$0]) < tolerance }
    }

    private func scaled(_ factor: Double) -> Matrix4 {
        Matrix4(SIMD4(factor, 0, 0, 0), SIMD4(0, factor, 0, 0), SIMD4(0, 0, factor, 0), SIMD4(0, 0, 0, 1))
    }

    /// What four units of an opacity let through.
    private func passed(_ opacity: Float, _ way: Float = 4) -> Float { exp(-opacity * way) }

    @Test("what is picked lies behind volumes, as with Brayns, however dense they are")
    func picking() throws {
        var dense = try even([1, 0, 0, 1])
        dense.modelID = 7
        var behind = try ball([2, 2, -3])
        behind.modelID = 9
        let camera = CameraSettings(view: View(position: Vector3(2, 2, 20), target: Vector3(2, 2, 0)))
        let found = try RenderScene(instances: [dense, behind], lights: [])
            .pick(camera, aspect: 1, position: SIMD2(0.5, 0.5))
        #expect(found?.modelID == 9 && abs((found?.position.z ?? 0) + 2.5) < 1e-3)
        #expect(
            try RenderScene(instances: [dense], lights: []).pick(camera, aspect: 1, position: SIMD2(0.5, 0.5)) == nil)
    }

    @Test("an even volume shows its colour as far as its opacity and depth say, and what is behind through the rest")
    func even() throws {
        let t = passed(0.25)
        let clear = try color([try even([1, 0.5, 0, 0.25])])
        #expect(isNear(clear, [1 - t, 0.5 * (1 - t), 0, 1 - t]))
        let before = try color([try even([1, 0.5, 0, 0.25])], background: SIMD4(0, 0, 1, 1))
        #expect(isNear(before, [1 - t, 0.5 * (1 - t), t, 1]))
    }

    @Test("a volume's box is what its cells fill, and nothing is seen beside it")
    func box() throws {
        let volume = try even([1, 1, 1, 5])
        #expect(volume.asset.bounds == Bounds(min: .zero, max: Vector3(4, 4, 4)))
        #expect(try RenderScene(instances: [volume]).bounds == volume.asset.bounds)
        #expect(try color([volume], at: 3.99, 0.01).w > 0.99)
        #expect(try color([volume], at: 4.01).w == 0)
        #expect(try color([volume], at: 2, -0.01).w == 0)
    }

    @Test("samples stand in the middles of cells, are mixed between and go on to the edge")
    func centers() throws {
        let grid = try VolumeGrid(dimensions: SIMD3(2, 1, 1), spacing: [1, 1, 1], samples: .uint8([0, 255]))
        let ramp = ColorRamp(colors: [SIMD4(0, 0, 1, 1e4), SIMD4(1, 0, 0, 1e4)], range: high)
        for (x, red) in [(0.1, 0), (0.5, 0), (0.75, 0.25), (1.0, 0.5), (1.5, 1), (1.9, 1)] as [(Double, Float)] {
            let seen = try color([try instance(grid, ramp)], at: x, 0.5)
            #expect(isNear(seen, [red, 0, 1 - red, 1], 4e-3), "at \(x)")
        }
    }

    @Test("samples at corners fill one cell less a side")
    func corners() throws {
        let grid = try VolumeGrid(
            dimensions: SIMD3(3, 2, 2), samples: .uint8(Array(repeating: 255, count: 12)), isVertexCentered: true)
        let volume = try instance(grid, ColorRamp(colors: [SIMD4(1, 1, 1, 1)], range: high))
        #expect(volume.asset.bounds == Bounds(min: .zero, max: Vector3(2, 1, 1)))
        #expect(isNear(try color([volume], at: 1.9, 0.5), SIMD4(repeating: 1 - passed(1, 1))))
    }

    @Test("a surface in front hides a volume, one inside shows what is before it, one behind is dimmed")
    func surfaces() throws {
        let volume = try even([0, 0, 0, 0.25])
        let light: [Light] = [.ambient()]
        #expect(isNear(try color([volume, try ball([2, 2, 10])], lights: light), [1, 1, 1, 1]))
        let inside = passed(0.25, 1.5)
        #expect(isNear(try color([volume, try ball([2, 2, 2])], lights: light), [inside, inside, inside, 1]))
        let behind = passed(0.25)
        #expect(isNear(try color([volume, try ball([2, 2, -10])], lights: light), [behind, behind, behind, 1]))
        // Through a half transparent ball in the middle.
        let half = try color([volume, try ball([2, 2, 2], [1, 1, 1, 0.5])], background: SIMD4(0, 1, 0, 0))
        #expect(abs(half.y - passed(0.25) * 0.25) < 2e-3)
    }

    @Test(
        "volumes throw shadows as dark as they are opaque", arguments: [RendererSettings.Kind.interactive, .production])
    func shadows(kind: RendererSettings.Kind) throws {
        var floor = Model()
        floor.primitives.boxes = [Primitives.Box(min: [4, -9, -1], max: [30, 9, 0], color: [1, 1, 1, 1])]
        let ground = RenderInstance(asset: try GeometryAsset(floor))
        let sun = [Light.directional(direction: Vector3(1, 0, -1), intensity: 2)]
        let volume = try even([0, 0, 0, 0.2])
        // Light at a slope comes to x = 6 through the volume from (4, 2) back to (2, 4).
        func lit(_ scene: [RenderInstance], _ x: Double) throws -> Float {
            try color(scene, lights: sun, at: x, kind: kind, samples: 32, bounces: 2).x
        }
        let open = try lit([ground], 6)
        let shaded = try lit([volume, ground], 6)
        #expect(abs(shaded / open - passed(0.2, 2 * 2.0.squareRoot().float)) < 0.03)
        #expect(abs(try lit([volume, ground], 20) - open) < 0.01)
    }

    @Test("an instance twice as large is twice as deep")
    func scaled() throws {
        let large = try even([1, 1, 1, 0.25], transform: scaled(2))
        #expect(isNear(try color([large]), SIMD4(repeating: 1 - passed(0.25, 8))))
        let flat = try even(
            [1, 1, 1, 0.25], transform: Matrix4(SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), .zero, SIMD4(0, 0, 0, 1)))
        #expect(try color([flat]).w == 0)
    }

    @Test("clip planes cut volumes open")
    func clipped() throws {
        let volume = try even([1, 1, 1, 0.25])
        let cut = try color([volume], planes: [SIMD4(0, 0, 1, 1), SIMD4(0, 0, -1, -2)])
        #expect(isNear(cut, SIMD4(repeating: 1 - passed(0.25, 1))))
    }

    @Test("volumes in each other add up, volumes behind each other too")
    func several() throws {
        let one = try even([1, 1, 1, 0.25])
        #expect(isNear(try color([one, one]), SIMD4(repeating: 1 - passed(0.5))))
        let below = try even([1, 1, 1, 0.25], transform: .translation(Vector3(0, 0, -1000)))
        let small = try even([1, 1, 1, 2], transform: .translation(Vector3(0, 0, -90)) * scaled(0.01))
        #expect(isNear(try color([one, small, below]), SIMD4(repeating: 1 - passed(0.5))))
        #expect(
            isNear(try color([one, small, below], at: 0.02, 0.02), SIMD4(repeating: 1 - passed(0.5) * passed(2, 0.04))))
    }

    @Test("a volume far away is drawn and does not hang the renderer")
    func far() throws {
        func alpha(_ z: Double) throws -> Float {
            try color([try even([1, 1, 1, 9], transform: .translation(Vector3(0, 0, z)))], samples: 4).w
        }
        #expect(try alpha(-1e5) > 0.9)
        #expect(try alpha(-1e9).isFinite)
    }

    @Test("all kinds of samples show the same")
    func kinds() throws {
        let all: [VolumeGrid.Samples] = [
            .int16(Array(repeating: 255, count: 64)), .uint16(Array(repeating: 255, count: 64)),
            .float16(Array(repeating: 0x5bf8, count: 64)), .float32(Array(repeating: 255, count: 64)),
            .float64(Array(repeating: 255, count: 64)),
        ]
        let bytes = try color([try even([1, 0.5, 0, 0.25])])
        for samples in all {
            #expect(isNear(try color([try even([1, 0.5, 0, 0.25], samples: samples)]), bytes, 1e-6))
        }
        #expect(Float(half: 0x3c00) == 1 && Float(half: 0xc000) == -2 && Float(half: 0x0001) == 0x1p-24)
        #expect(Float(half: 0xfc00) == -.infinity && Float(half: 0x7e01).isNaN && Float(half: 0x7bff) == 65504)
    }

    @Test("blocks that show nothing are left out, and not what is mixed from the first sample of the next")
    func blocks() throws {
        var values = [UInt8](repeating: 0, count: 40)
        values[16] = 255
        let grid = try VolumeGrid(dimensions: SIMD3(40, 1, 1), samples: .uint8(values))
        let volume = try instance(grid, ColorRamp(colors: [SIMD4(0, 0, 0, 0), SIMD4(1, 1, 1, 1)], range: high))
        #expect(volume.asset.volumes[0].cells.size == SIMD3(5, 1, 1))
        for (x, opacity) in [(8, 0), (15.5, 0), (16, 0.5), (16.5, 1), (17, 0.5), (17.6, 0)] as [(Double, Float)] {
            #expect(abs(try color([volume], at: x, 0.5).w - (1 - passed(opacity, 1))) < 2e-3, "at \(x)")
        }
    }

    @Test("samples that are no numbers show nothing; ramps of one colour or of no width do not crash")
    func strange() throws {
        let nothing = try even([1, 1, 1, 9], samples: .float32(Array(repeating: .nan, count: 64)))
        #expect(try color([nothing]).w == 0)
        let grid = try VolumeGrid(dimensions: SIMD3(1, 1, 1), spacing: [4, 4, 4], samples: .uint8([7]))
        for ramp in [
            ColorRamp(colors: [SIMD4(1, 1, 1, 1)], range: high),
            ColorRamp(colors: [SIMD4(0, 0, 0, 0), SIMD4(1, 1, 1, 1)], range: SIMD2(3, 3)),
            ColorRamp(colors: [SIMD4(.nan, .infinity, -1, 0), SIMD4(1, 1, 1, 1)], range: SIMD2(9, -.infinity)),
        ] {
            #expect(try color([try instance(grid, ramp)]).w.isFinite)
        }
        let (c, a) = (7 / 255 as Float, 1 - passed(7 / 255))
        #expect(isNear(try color([try instance(grid, nil)]), [c * a, c * a, c * a, a]))
        var model = Model()
        model.volumes = [try VolumeGrid(dimensions: SIMD3(1, 1, 1), spacing: [1, 0, 1], samples: .uint8([1]))]
        let asset = try GeometryAsset(model)
        #expect(asset.warnings.count == 1 && asset.bounds.isEmpty)
    }

    @Test("the path tracer lets as much through a dark volume as its opacity says")
    func absorbed() throws {
        let seen = try color(
            [try even([0, 0, 0, 0.25])], background: SIMD4(1, 1, 1, 0), kind: .production, samples: 256)
        #expect(abs(seen.x - passed(0.25)) < 0.02 && abs(seen.w - (1 - passed(0.25))) < 0.02)
    }

    @Test("a white volume under an even sky is as bright as the sky, however light goes about in it")
    func furnace() throws {
        let seen = try color(
            [try even([1, 1, 1, 1])], lights: [.ambient()], background: SIMD4(1, 1, 1, 1), kind: .production,
            samples: 64, bounces: 200)
        #expect(isNear(seen, SIMD4(repeating: 1), 0.03))
    }

    @Test("light is scattered evenly to all sides")
    func singleScattering() throws {
        // Thin enough for one bounce: radiance is what comes in over 4π times the way, whatever the direction.
        for direction in [Vector3(0, 0, -1), Vector3(0, 0, 1), Vector3(1, 0, 0)] {
            let seen = try color(
                [try even([1, 1, 1, 0.005])], lights: [.directional(direction: direction, intensity: 100)],
                kind: .production, samples: 512, bounces: 2)
            #expect(abs(seen.x - 100 / (4 * .pi) * 0.02) < 0.02)
        }
    }
}

extension Double {
    fileprivate var float: Float { Float(self) }
}
