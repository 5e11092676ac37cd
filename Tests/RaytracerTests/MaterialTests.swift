// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Models
import Raytracer
import Scene
import Testing

@Suite struct MaterialTests {
    /// A square from 0 to 1 at z = 0 with texture coordinates alike.
    private var square: Model {
        var mesh = Mesh()
        mesh.positions = [0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]
        mesh.textureCoordinates = [0, 0, 1, 0, 1, 1, 0, 1]
        mesh.indices = [0, 1, 2, 0, 2, 3]
        var model = Model()
        model.meshes = [mesh]
        model.materials = [SurfaceMaterial()]
        model.materials[0].baseColor = [1, 1, 1, 1]
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        return model
    }

    /// Linear colour of a tiny picture around a place of the square.
    private func color(
        at x: Double, _ y: Double, _ model: Model, _ edit: (inout RenderInstance) -> Void = { _ in },
        texture: [UInt8]? = nil
    ) throws -> SIMD4<Float> {
        let asset = try GeometryAsset(model) { _ in
            PixelBuffer(width: 2, height: 2, format: .rgba8, packed: texture ?? [])
        }
        var instance = RenderInstance(asset: asset)
        edit(&instance)
        let scene = try RenderScene(instances: [instance], lights: [.ambient()])
        let camera = CameraSettings(
            view: View(position: Vector3(x, y, 1), target: Vector3(x, y, 0)), projection: .orthographic(height: 1e-4))
        let color = try TestScenes.draw(scene, camera, 1, 1).planes().color
        return SIMD4(color[0], color[1], color[2], color[3])
    }

    private func isNear(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> Bool {
        (0..<4).allSatisfy { abs(a[$0] - b[$0]) < 2e-3 }
    }

    private func textured() -> Model {
        var model = square
        model.textures = [Texture(name: "t", bytes: [])]
        model.materials[0].baseColorTexture = 0
        return model
    }

    /// Rows from the top: black and white above, red and half transparent blue below.
    private let texels: [UInt8] = [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 128]

    @Test("a texture stands upright and is mixed in linear light")
    func texture() throws {
        let model = textured()
        #expect(isNear(try color(at: 0.25, 0.75, model, texture: texels), [0, 0, 0, 1]))
        #expect(isNear(try color(at: 0.75, 0.75, model, texture: texels), [1, 1, 1, 1]))
        #expect(isNear(try color(at: 0.25, 0.25, model, texture: texels), [1, 0, 0, 1]))
        #expect(isNear(try color(at: 0.5, 0.75, model, texture: texels), [0.5, 0.5, 0.5, 1]))
        let blue = try color(at: 0.75, 0.25, model, texture: texels)
        #expect(isNear(blue, [0, 0, 128 / 255, 128 / 255]))
    }

    @Test("a material may take its texture as opaque")
    func opaqueTexture() throws {
        var model = textured()
        model.materials[0].usesTextureAlpha = false
        #expect(isNear(try color(at: 0.75, 0.25, model, texture: texels), [0, 0, 1, 1]))
    }

    @Test("an alpha cut-off makes holes and leaves the rest opaque")
    func cutoff() throws {
        var model = textured()
        model.materials[0].alphaCutoff = 0.6
        #expect(isNear(try color(at: 0.75, 0.25, model, texture: texels), [0, 0, 0, 0]))
        model.materials[0].alphaCutoff = 0.4
        #expect(isNear(try color(at: 0.75, 0.25, model, texture: texels), [0, 0, 1, 1]))
    }

    @Test("a texture that does not decode is left out with a warning, and the surface drawn without")
    func missingTexture() throws {
        struct Broken: Error {}
        let asset = try GeometryAsset(textured()) { _ in throw Broken() }
        #expect(asset.warnings.count == 1 && asset.warnings[0].contains("'t'"))
        #expect(try GeometryAsset(textured()).warnings.count == 1)
    }

    @Test("corner colours are interpolated and multiply the material's")
    func cornerColors() throws {
        var model = square
        model.materials[0].baseColor = [0.5, 1, 1, 1]
        model.meshes[0].colors = [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1]
        #expect(isNear(try color(at: 0.5, 0.25, model), [0.25, 0.25, 0.25, 1]))
        #expect(isNear(try color(at: 0.9998, 0.0001, model), [0, 1, 0, 1]))
    }

    @Test("an instance's colour replaces all colours of the file")
    func overrideColor() throws {
        let result = try color(at: 0.25, 0.25, textured(), { $0.color = [0.1, 0.2, 0.3, 1] }, texture: texels)
        #expect(isNear(result, [0.1, 0.2, 0.3, 1]))
    }

    @Test("of Brayns' materials only phong is transparent to the interactive renderer")
    func overrides() throws {
        let half: [(MaterialOverride, Float)] = [
            (.phong(opacity: 0.5), 0.5), (.matte(opacity: 0.5), 1), (.plastic(opacity: 0.5), 1), (.glass(), 1),
            (.metal(), 1), (.emissive(), 1), (.carpaint(), 1), (.principled(), 1),
        ]
        for (material, opacity) in half {
            let result = try color(at: 0.5, 0.25, square, { $0.material = material })
            #expect(isNear(result, [opacity, opacity, opacity, opacity]), "\(material)")
        }
    }

    @Test("a ghost is clear where it is seen head-on and opaque at its outline")
    func ghost() throws {
        let asset = try GeometryAsset(TestScenes.sphere())
        let scene = try RenderScene(instances: [RenderInstance(asset: asset, material: .ghost)])
        func alpha(_ x: Double) throws -> Float {
            let camera = CameraSettings(
                view: View(position: Vector3(x, 0, 5), target: Vector3(x, 0, 0)),
                projection: .orthographic(height: 1e-4))
            return try TestScenes.draw(scene, camera, 1, 1).planes().color[3]
        }
        #expect(try alpha(0) < 1e-3)
        // At 0.6 the cosine is 0.8: two surfaces of opacity 0.2 cubed.
        #expect(abs(try alpha(0.6) - 0.015936) < 1e-3)
        #expect(try alpha(0.9999) > 0.95)
    }

    @Test("normals of the corners shade smoothly, and a flattening instance turns them the right way")
    func smoothNormals() throws {
        var model = Model()
        model.meshes = [GeometryTests.ball(rings: 24)]
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        let squash = Matrix4(SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 0.5, 0), SIMD4(0, 0, 0, 1))
        let scene = try RenderScene(
            instances: [RenderInstance(asset: try GeometryAsset(model), transform: squash)], lights: [.ambient()])
        // At x = 0.6 the ball's normal is (0.6, 0, 0.8); half as deep, it is (0.6, 0, 1.6).
        let camera = CameraSettings(
            view: View(position: Vector3(0.6, 0, 5), target: Vector3(0.6, 0, 0)),
            projection: .orthographic(height: 1e-4))
        let normal = try TestScenes.draw(scene, camera, 1, 1).planes().normal
        let length = (0.6 * 0.6 + 1.6 * 1.6 as Float).squareRoot()
        #expect(abs(normal[0] - 0.6 / length) < 0.01 && abs(normal[2] - 1.6 / length) < 0.01)
    }

    @Test("a highlight appears where the half vector meets the normal, and not beside it")
    func highlight() throws {
        var model = square
        model.materials[0].baseColor = [0, 0, 0, 1]
        model.materials[0].specularColor = [1, 1, 1]
        model.materials[0].shininess = 20
        let asset = try GeometryAsset(model)
        func light(_ direction: Vector3) throws -> Float {
            let scene = try RenderScene(
                instances: [RenderInstance(asset: asset)], lights: [.directional(direction: direction)])
            let camera = CameraSettings(
                view: View(position: Vector3(0.5, 0.3, 1), target: Vector3(0.5, 0.3, 0)),
                projection: .orthographic(height: 1e-4))
            return try TestScenes.draw(scene, camera, 1, 1).planes().color[0]
        }
        // Blinn's exponent is 80; the lobe's peak is its normalisation, (80 + 2) / 4π / (2 - 2^-40).
        #expect(abs(try light(Vector3(0, 0, -1)) - 82 / (4 * .pi) / 2) < 0.01)
        #expect(try light(Vector3(1, 0, -1)) < 0.02)
    }
}
