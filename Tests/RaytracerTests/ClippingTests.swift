// SPDX-License-Identifier: Apache-2.0
import Models
import Raytracer
import Scene
import Testing

@Suite struct ClippingTests {
    private static let white = SIMD4<Float>(1, 1, 1, 1)
    /// A shape around the origin of each kind that has an inside, with the share of the line x = 0, y = 0,
    /// seen from z = 10 on, that it leaves of a ball of radius 4: where it shows next.
    private static let solids: [(Primitives, Double)] = [
        (shapes { $0.spheres = [.init(center: [0, 0, 4], radius: 3, color: white)] }, 1),
        (shapes { $0.boxes = [.init(min: [-1, -1, -2], max: [1, 1, 9], color: white)] }, -2),
        (
            shapes {
                $0.capsules = [.init(p0: [0, 0, 2], p1: [0, 0, 8], r0: 1, r1: 2, color: white)]
            }, 1
        ),
        (shapes { $0.planes = [.init(coefficients: [0, 0, -2, -3], color: white)] }, 1.5),
        (
            shapes {
                $0.planes = [
                    .init(coefficients: [0, 0, 1, 0.5], boundsMin: [-1, -1, -9], boundsMax: [1, 1, 9], color: white)
                ]
            }, 0.5
        ),
    ]

    private static func shapes(_ fill: (inout Primitives) -> Void) -> Primitives {
        var primitives = Primitives()
        fill(&primitives)
        return primitives
    }

    /// The pixel that looks at a place of the depths; the first sample of a pixel lies a pixel to its left.
    private func pixel(_ x: Int, _ y: Int) -> Int { 64 * (32 - 4 * y) + 32 + 4 * x + 1 }

    /// Where parallel rays along -z first meet a block of leaves at z = 4, 3.75 … -4, cut open: 64 by 64 pixels of a
    /// quarter of a unit.
    private func depths(_ clippers: [Clipper], _ kernels: ShadingKernels = .current) throws -> [Float] {
        var model = Model()
        model.primitives.boxes = (-16...16).map {
            let z = Float($0) / 4
            return Primitives.Box(min: [-4, -4, z], max: [4, 4, z], color: Self.white)
        }
        let scene = try RenderScene(
            instances: [RenderInstance(asset: try GeometryAsset(model))], lights: [.ambient()], clippers: clippers)
        let frame = try TestScenes.draw(scene, TestScenes.front(height: 16), 64, 64, kernels: kernels)
        return frame.planes().depth.map { 10 - $0 }
    }

    @Test("each kind of shape cuts away what lies within it", arguments: solids.indices)
    func cuts(_ index: Int) throws {
        let (shapes, first) = Self.solids[index]
        let seen = try depths([Clipper(shapes: shapes)])
        // The middle ray meets the first leaf that the shape leaves; a leaf on its skin may go either way.
        let middle = Double(seen[pixel(0, 0)])
        #expect(middle <= first + 1e-4 && middle >= first - 0.26 - 0.3)
        // A far one meets the first leaf, but for the plane that has no end.
        #expect(abs(seen[pixel(3, 3)] - (index == 3 ? 1.375 : 4)) < 0.126)
    }

    @Test("a shape turned inside out leaves only what lies within it")
    func inverted() throws {
        let ball = Self.shapes { $0.spheres = [.init(center: [0, 0, 0], radius: 2.1, color: Self.white)] }
        let seen = try depths([Clipper(shapes: ball, isInverted: true)])
        let count = seen.count { $0.isFinite }
        #expect(abs(Double(seen[pixel(0, 0)]) - 2) < 0.01)
        // A disk of radius 2.1 and thereabouts: leaves that touch the ball's sides are as wide.
        #expect(abs(Double(count) / 16 - .pi * 2.1 * 2.1) < 1)
    }

    @Test("shapes of one clipper that is turned inside out leave all that lies in any of them")
    func invertedUnion() throws {
        let balls = Self.shapes {
            $0.spheres = [
                .init(center: [-2, 0, 0], radius: 1.2, color: Self.white),
                .init(center: [2, 0, 0], radius: 1.2, color: Self.white),
            ]
        }
        let seen = try depths([Clipper(shapes: balls, isInverted: true)])
        #expect(seen[pixel(-2, 0)].isFinite && seen[pixel(2, 0)].isFinite && !seen[pixel(0, 0)].isFinite)
    }

    @Test("cuts that overlap go on through each other, and a gap between two shows what stands in it")
    func overlap() throws {
        func box(_ low: Float, _ high: Float) -> Clipper {
            Clipper(
                shapes: Self.shapes { $0.boxes = [.init(min: [-9, -9, low], max: [9, 9, high], color: Self.white)] })
        }
        let both = try depths([box(2.1, 9), box(0.1, 2.3)])
        #expect(both[pixel(0, 0)] == 0)
        let gap = try depths([box(2.1, 9), box(0.1, 1.9)])
        #expect(gap[pixel(0, 0)] == 2)
    }

    @Test("a transform moves, turns and scales what cuts; one that flattens space cuts nothing")
    func placed() throws {
        let ball = Self.shapes { $0.spheres = [.init(center: [0, 0, 0], radius: 1, color: Self.white)] }
        let long = Matrix4(SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 5.1, 0), SIMD4(0, 0, 4, 1))
        #expect(try depths([Clipper(shapes: ball, transform: long)])[pixel(0, 0)] == -1.25)
        let flat = Matrix4(SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 0, 0), SIMD4(0, 0, 0, 1))
        #expect(try depths([Clipper(shapes: ball, transform: flat)])[pixel(0, 0)] == 4)
    }

    @Test("clippers without shapes cut nothing, turned inside out or not", arguments: [false, true])
    func empty(_ isInverted: Bool) throws {
        #expect(try depths([Clipper(shapes: Primitives(), isInverted: isInverted)])[pixel(0, 0)] == 4)
    }

    @Test("what is cut away throws no shadow, and picking looks through it")
    func shadowAndPick() throws {
        var model = Model()
        model.primitives.boxes = [
            .init(min: [-1, -1, 4], max: [1, 1, 5], color: Self.white),
            .init(min: [-3, -3, -1], max: [3, 3, 0], color: Self.white),
        ]
        let hole = Self.shapes { $0.spheres = [.init(center: [0, 0, 4.5], radius: 2, color: Self.white)] }
        let instances = [RenderInstance(asset: try GeometryAsset(model))]
        let lights = [Light.directional(direction: Vector3(0, 0, -1))]
        let whole = try RenderScene(instances: instances, lights: lights)
        let cut = try RenderScene(instances: instances, lights: lights, clippers: [Clipper(shapes: hole)])
        // From the side of the block that throws the shadow, onto the plate below it.
        let camera = CameraSettings(
            view: View(position: Vector3(4, 0, 3), target: .zero), projection: .orthographic(height: 0.1))
        #expect(try TestScenes.draw(whole, camera, 1, 1).planes().color[0] == 0)
        let lit = try TestScenes.draw(cut, camera, 1, 1).planes().color[0]
        #expect(abs(lit - 1 / Float.pi) < 1e-3)
        let front = TestScenes.front(height: 2)
        #expect(whole.pick(front, aspect: 1, position: SIMD2(0.5, 0.5))?.primitive == 0)
        #expect(cut.pick(front, aspect: 1, position: SIMD2(0.5, 0.5))?.primitive == 1)
    }

    @Test(
        "all builds of the kernels cut alike",
        arguments: ShadingKernels.allCases.filter(\.isSupported))
    func builds(_ kernels: ShadingKernels) throws {
        let clippers = Self.solids.map { Clipper(shapes: $0.0) }
        #expect(try depths(clippers, kernels) == depths(clippers, .base))
    }
}
