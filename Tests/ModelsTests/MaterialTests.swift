// SPDX-License-Identifier: Apache-2.0
import Models
import Scene
import TestFixtures
import Testing

@Suite struct MaterialTests {
    private func material(_ name: String) throws -> (SurfaceMaterial, Model) {
        let model = try load(name)
        return (model.materials[model.meshes[0].material], model)
    }

    private func close(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> Bool {
        let d = a - b
        return (0..<4).allSatisfy { d[$0].magnitude < 1e-3 }
    }

    @Test("OBJ colours are sRGB, with gloss, opacity and glow")
    func obj() throws {
        let (paint, _) = try material("cube.obj")
        #expect(paint.name == "paint" && !paint.isDefault)
        #expect(close(paint.baseColor, SIMD4(0.214, 0.214, 0.214, 0.5)))
        #expect(close(SIMD4(paint.specularColor, 1), SIMD4(0.0331, 0.0331, 0.0331, 1)))
        #expect(paint.shininess == 50)
        #expect(paint.emission == SIMD3(0, 0, 1))
    }

    @Test("glTF colours are linear, with metalness and roughness")
    func gltf() throws {
        let (paint, _) = try material("cube.gltf")
        #expect(paint.baseColor == SIMD4(0.5, 0.25, 1, 1))
        #expect(paint.metallic == 0.75 && paint.roughness == 0.25)
    }

    @Test("a picture inside a GLB comes out as it went in, with its cut-out")
    func embedded() throws {
        let (picture, model) = try material("textured.glb")
        let texture = model.textures[try #require(picture.baseColorTexture)]
        #expect(try texture.bytes == Fixtures.bytes("models/Textures/checker.png"))
        #expect(picture.alphaCutoff == 0.25 && picture.baseColor == SIMD4(1, 1, 1, 1))
        #expect(model.meshes[0].textureCoordinates.count == 2 * model.meshes[0].vertexCount)
    }

    @Test("backslashes and other capitals are put right, and said")
    func otherCase() throws {
        let (paint, model) = try material("textured.obj")
        #expect(paint.baseColorTexture == 0)
        #expect(try model.textures[0].bytes == Fixtures.bytes("models/Textures/checker.png"))
        #expect(model.warnings.count == 1 && model.warnings[0].contains("textures\\Checker.PNG"))
        #expect(model.missingFiles.isEmpty)
    }

    @Test("pictures under paths of another machine are found beside the model")
    func moved() throws {
        let (paint, model) = try material("moved-texture.obj")
        #expect(paint.baseColorTexture != nil && model.warnings.count == 1)
    }

    @Test("a missing picture gives a light grey surface and an entry")
    func missing() throws {
        let (paint, model) = try material("missing-texture.obj")
        #expect(model.missingFiles == ["gone.png"])
        #expect(paint.baseColor == SIMD4(0.8, 0.8, 0.8, 1) && paint.baseColorTexture == nil)
        #expect(failure("missing-texture.obj", .init(strictFiles: true))?.code == .missingFile)
    }

    @Test("a missing material library gives an entry and the loader's own grey")
    func missingLibrary() throws {
        let (paint, model) = try material("missing-mtl.obj")
        #expect(model.missingFiles == ["gone.mtl"])
        #expect(paint.isDefault && !model.hasAppearance)
    }

    @Test("colours at corners become linear and stand alone", arguments: ["colored.obj", "cube-ascii.ply"])
    func corners(name: String) throws {
        let (paint, model) = try material(name)
        let mesh = model.meshes[0]
        #expect(mesh.colors.count == 4 * mesh.vertexCount && model.hasAppearance)
        #expect(paint.baseColor == SIMD4(repeating: 1))
        let corner = try #require((0..<mesh.vertexCount).first { mesh.position($0) == Vector3(1, 0, 0) })
        let color = mesh.colors[4 * corner..<4 * corner + 4]
        #expect(close(SIMD4(color), SIMD4(1, 0.2140, 0, 1)) || close(SIMD4(color), SIMD4(1, 0.2159, 0, 1)))
    }

    @Test(
        "old kinds of pictures are made into PNG",
        arguments: ["plain-tga", "packed-tga", "plain-bmp"])
    func converted(name: String) throws {
        let model = try load("pictures/\(name).obj")
        let png = try #require(model.textures.first).bytes
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        // Stored without compression: the texels stand in the file, a filter byte before each row.
        let rows: [UInt8] = [0, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255, 255]
        #expect((0..<png.count - rows.count).contains { png[$0..<$0 + rows.count].elementsEqual(rows) })
    }

    @Test("a picture of a kind that is not read is named")
    func gif() throws {
        let model = try load("pictures/gif.obj")
        #expect(model.textures.isEmpty && model.warnings.contains { $0.contains("GIF") })
    }

    @Test("lights keep their colours and their ratio, and light the model well")
    func lights() throws {
        let lights = try load("lights.gltf").lights
        #expect(lights.count == 3)
        guard lights.count == 3, case .ambient = lights[0],
            case .directional(let direction, let color, let sun) = lights[1],
            case .sphere(let position, 0, _, let lamp) = lights[2]
        else {
            Issue.record("\(lights)")
            return
        }
        #expect((direction - Vector3(0, 0, -1)).length < 1e-6 && color == Vector3(1, 0.5, 0.25))
        #expect(position == Vector3(0, 10, 0))
        #expect(abs(lamp / sun - 400.0 / 3) < 1e-3)
        let falling = sun + lamp / (position - Vector3(0.5, 1, 1.5)).lengthSquared
        #expect(falling > 1.99 && falling < 5.01)
        #expect(try load("cube.gltf").lights.isEmpty)
    }
}

extension SIMD3 where Scalar == Double {
    fileprivate var lengthSquared: Double { dot(self) }
}
