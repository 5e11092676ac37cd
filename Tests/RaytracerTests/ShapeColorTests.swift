// SPDX-License-Identifier: Apache-2.0
import Models
import Raytracer
import Scene
import Testing

@Suite struct ShapeColorTests {
    /// One shape of each kind on the x axis, three units apart: ball, capsule, box, plane without end across the axis
    /// far behind, bounded plane.
    private var model: Model {
        let white: SIMD4<Float> = [1, 1, 1, 1]
        var model = Model()
        model.primitives.spheres = [Primitives.Sphere(center: [0, 0, 0], radius: 1, color: white)]
        model.primitives.capsules = [
            Primitives.Capsule(p0: [3, -1, 0], p1: [3, 1, 0], r0: 0.5, r1: 0.5, color: white)
        ]
        model.primitives.boxes = [
            Primitives.Box(min: [5.5, -1, -1], max: [6.5, 1, 1], color: white),
            Primitives.Box(min: [8.5, -1, -1], max: [9.5, 1, 1], color: white),
        ]
        model.primitives.planes = [
            Primitives.Plane(
                coefficients: [0, 0, 1, 0], boundsMin: [11, -1, -1], boundsMax: [13, 1, 1], color: white),
            Primitives.Plane(coefficients: [0, 0, 1, -9], color: white),
            Primitives.Plane(
                coefficients: [0, 0, 1, 0], boundsMin: [17, -1, -1], boundsMax: [19, 1, 1], color: white),
        ]
        return model
    }

    /// Where each shape of the model is seen alone.
    private let places: [Double] = [0, 3, 6, 9, 12, 15, 18]

    private func color(_ scene: RenderScene, at x: Double) throws -> SIMD4<Float> {
        let camera = CameraSettings(
            view: View(position: Vector3(x, 0, 10), target: Vector3(x, 0, 0)), projection: .orthographic(height: 1e-3))
        let pixel = try TestScenes.draw(scene, camera, 1, 1).planes().color
        return SIMD4(pixel[0], pixel[1], pixel[2], pixel[3])
    }

    private func shades(_ alpha: Float = 1) -> [SIMD4<Float>] {
        places.indices.map { SIMD4(Float($0 + 1) / 8, 1 - Float($0) / 8, 0.5, alpha) }
    }

    @Test("each shape takes the instance's colour of its number, whatever its kind")
    func order() throws {
        let asset = try GeometryAsset(model)
        #expect(asset.shapeCount == 7)
        let instance = RenderInstance(asset: asset, color: [0, 0, 0, 1], primitiveColors: shades())
        let scene = try RenderScene(instances: [instance], lights: [.ambient()])
        for (x, expected) in zip(places, shades()) {
            let seen = try color(scene, at: x)
            #expect((0..<4).allSatisfy { abs(seen[$0] - expected[$0]) < 1e-3 }, "at \(x): \(seen)")
        }
    }

    @Test("two instances of one asset have colours of their own")
    func instances() throws {
        let asset = try GeometryAsset(TestScenes.sphere())
        var away = Matrix4.identity
        away.c3 = SIMD4(5, 0, 0, 1)
        let red = RenderInstance(asset: asset, primitiveColors: [[1, 0, 0, 1]])
        let plain = RenderInstance(asset: asset, transform: away)
        let scene = try RenderScene(instances: [red, plain], lights: [.ambient()])
        #expect(abs(try color(scene, at: 0).y) < 1e-3)
        #expect(abs(try color(scene, at: 5).y - 1) < 1e-3)
    }

    @Test("transparent colours let light through")
    func transparent() throws {
        let asset = try GeometryAsset(TestScenes.sphere())
        let half = RenderInstance(asset: asset, primitiveColors: [[1, 1, 1, 0.5]])
        #expect(abs(try color(try RenderScene(instances: [half]), at: 0).w - 0.75) < 1e-3)
    }

    @Test("too few or too many colours are refused", arguments: [0, 1, 3])
    func wrongCount(count: Int) throws {
        var two = TestScenes.sphere()
        two.primitives.spheres.append(two.primitives.spheres[0])
        let colors: [SIMD4<Float>] = Array(repeating: [1, 1, 1, 1], count: count)
        let instance = RenderInstance(asset: try GeometryAsset(two), modelID: 9, primitiveColors: colors)
        #expect { try RenderScene(instances: [instance]) } throws: { error in
            let error = error as? RaytracerError
            return error?.code == .invalidInput && error?.message.contains("Model 9 has 2 shapes") == true
        }
    }
}
