// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Scene
import Testing

@testable import Conversion

@Suite struct GLBWriterTests {
    /// Two placings of a coloured triangle, the second mirrored, with two materials that differ in name alone.
    static func model() -> Model {
        var mesh = Mesh()
        mesh.positions = [0, 0, 0, 1, 0, 0, 0, 1, 0]
        mesh.normals = [0, 0, 1, 0, 0, 1, 0, 0, 1]
        mesh.textureCoordinates = [0, 0, 1, 0, 0, 0.25]
        mesh.indices = [0, 1, 2]
        var other = mesh
        other.material = 1
        var material = SurfaceMaterial()
        (material.name, material.baseColor, material.metallic) = ("red", SIMD4(1, 0, 0, 1), 0.5)
        var twin = material
        twin.name = "also red"
        var model = Model()
        (model.meshes, model.materials) = ([mesh, other], [material, twin])
        let mirror = Matrix4(SIMD4(-1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 1, 0), SIMD4(5, 0, 0, 1))
        model.instances = [.init(mesh: 0, transform: .identity), .init(mesh: 1, transform: mirror)]
        return model
    }

    private func write(_ model: Model, _ change: (inout ConversionSettings) -> Void = { _ in }) throws -> GLBReading {
        var settings = ConversionSettings()
        change(&settings)
        var writer = GLBWriter(settings: settings)
        return try GLBReading(try writer.encode(model, root: .identity))
    }

    @Test("what is written is read back the same by the loader") func roundTrip() throws {
        var writer = GLBWriter()
        var painted = Self.model()
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        painted.textures = [Texture(name: "a.png", bytes: png)]
        for index in painted.materials.indices { painted.materials[index].baseColorTexture = 0 }
        let bytes = try writer.encode(painted, root: .translation(Vector3(0, 0, 3)))
        let model = try ModelLoader().load(bytes: bytes, type: "glb")
        #expect(model.triangleCount == 2)
        #expect(model.bounds == Bounds(min: Vector3(0, 0, 3), max: Vector3(5, 1, 3)))
        let material = try #require(model.materials.first { !$0.isDefault })
        #expect(material.baseColor == SIMD4(1, 0, 0, 1) && material.metallic == 0.5)
        #expect(model.meshes[0].textureCoordinates.suffix(1) == [0.25] && model.textures.map(\.bytes) == [png])
    }

    @Test("materials that differ in name alone become one, unless told otherwise") func deduplication() throws {
        #expect(try write(Self.model()).document["materials"]?.arrayValue?.count == 1)
        let kept = try write(Self.model()) { $0.deduplicatesMaterials = false }
        #expect(kept.document["materials"]?.arrayValue?.count == 2)
    }

    @Test("without a scene graph all transforms are applied, mirrors keeping the outer side") func flattened() throws {
        let file = try write(Self.model()) { $0.sceneGraphMode = .none }
        let nodes = try #require(file.document["nodes"]?.arrayValue)
        #expect(nodes.allSatisfy { $0["matrix"] == nil })
        let mesh = Self.model().meshes[0].placed(by: Self.model().instances[1].transform)
        #expect(mesh.positions == [5, 0, 0, 4, 0, 0, 5, 1, 0] && mesh.indices == [0, 2, 1])
        #expect(mesh.normals == [0, 0, 1, 0, 0, 1, 0, 0, 1])
    }

    @Test("attributes that are to be left out are left out") func omitted() throws {
        let file = try write(Self.model()) { $0.omittedAttributes = [.normal, .texcoord0] }
        let primitive = file.document["meshes"]?.arrayValue?[0]["primitives"]?.arrayValue?[0]
        #expect(primitive?["attributes"]?.objectValue?.keys.sorted() == ["POSITION"])
    }

    @Test("unlit materials and sides are said", arguments: [false, true]) func surfaces(isSingle: Bool) throws {
        let file = try write(Self.model()) { settings in
            (settings.unlitMaterials, settings.sidedness) = (true, isSingle ? .single : .double)
        }
        #expect(file.document["extensionsUsed"] == ["KHR_materials_unlit"])
        #expect(file.document["materials"]?.arrayValue?[0]["doubleSided"] == .bool(!isSingle))
    }

    @Test("a picture of a kind that glTF lacks is told, others travel") func pictures() throws {
        var model = Self.model()
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]
        model.textures = [Texture(name: "a.bmp", bytes: [0x42, 0x4D, 0]), Texture(name: "b.png", bytes: png)]
        (model.materials[0].baseColorTexture, model.materials[1].baseColorTexture) = (0, 1)
        var writer = GLBWriter()
        let file = try GLBReading(try writer.encode(model, root: .identity))
        #expect(writer.warnings.count == 1 && writer.warnings[0].contains("a.bmp"))
        #expect(file.document["images"]?.arrayValue?.count == 1)
        #expect(file.buffer.starts(with: png))
    }

    @Test("points keep their places and colours, in linear light") func points() throws {
        var cloud = PointCloud()
        (cloud.positions, cloud.colors) = ([1, 2, 3, 4, 5, 6], [255, 0, 188, 0, 255, 0])
        var writer = GLBWriter()
        let file = try GLBReading(try writer.encode(cloud, root: .identity))
        let primitive = try #require(file.document["meshes"]?.arrayValue?[0]["primitives"]?.arrayValue?[0])
        #expect(primitive["mode"] == 0)
        #expect(try file.floats(Int(primitive["attributes"]?["POSITION"]?.intValue ?? -1)) == cloud.positions)
        let colors = try file.floats(Int(primitive["attributes"]?["COLOR_0"]?.intValue ?? -1))
        #expect(colors[0] == 1 && colors[1] == 0 && abs(colors[2] - 0.5029) < 0.0001)
    }
}
