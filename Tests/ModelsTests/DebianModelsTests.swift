// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene
import Testing

/// The models of Debian's package assimp-testmodels, which no one here wrote.
@Suite struct DebianModelsTests {
    static let folder = "/usr/share/assimp/models"

    /// Files with an extension that is read, relative to the folder.
    static let names: [String] = {
        let all = FileManager.default.enumerator(atPath: folder)?.allObjects.compactMap { $0 as? String } ?? []
        return all.filter { ModelLoader.extensions.contains(($0 as NSString).pathExtension.lowercased()) }.sorted()
    }()

    /// Those that do not load, by the kind of reason; a pattern stands for what it begins.
    static let refused: [(prefix: String, code: ModelError.Code)] = [
        // Points and lines, cameras and lights: nothing with a surface.
        ("AC/closedLine.ac", .empty), ("AC/nosurfaces.ac", .empty), ("AC/openLine.ac", .empty),
        ("Collada/cameras.dae", .empty), ("Collada/lights.dae", .empty), ("MDL/MDL (HL1)/manT.mdl", .empty),
        ("OBJ/point_cloud.obj", .empty), ("OBJ/testline.obj", .empty), ("OBJ/testpoints.obj", .empty),
        ("OFF/invalid.off", .empty), ("OpenGEX/empty_camera.ogex", .empty), ("OpenGEX/light_issue1262.ogex", .empty),
        ("PLY/issue623.ply", .empty),
        ("glTF2/TestNoRootNode/SceneWithoutNodes.gltf", .empty),
        ("glTF2/BoxWithInfinites-glTF-Binary/BoxWithInfinites.glb", .empty),
        ("glTF2/glTF-Asset-Generator/Mesh_PrimitiveMode/Mesh_PrimitiveMode_0[0-37-9]", .empty),
        ("glTF2/glTF-Asset-Generator/Mesh_PrimitiveMode/Mesh_PrimitiveMode_10", .empty),
        // Shorter than its header says.
        ("PLY/pond.0.ply", .corrupt),
        // Damaged on purpose.
        ("glTF2/IndexOutOfRange/AllIndicesOutOfRange.gltf", .corrupt), ("glTF2/RecursiveNodes/", .corrupt),
        ("glTF2/TestNoRootNode/NoScene.gltf", .corrupt), ("glTF2/issue_3269/", .corrupt),
        ("glTF2/wrongTypes/bad", .corrupt), ("invalid/OutOfMemory.off", .corrupt), ("invalid/empty", .corrupt),
        ("invalid/malformed.obj", .corrupt), ("NFF/NFF/cone.nff", .corrupt),
        ("glTF2/MissingBin/BoxTextured.gltf", .missingFile), ("glTF2/SchemaFailures/", .missingFile),
        // Features that are not read.
        ("glTF/BoxTextured-glTF-Binary/BoxTextured.glb", .unsupportedFeature),
        ("glTF2/BoxTextured-glTF-techniqueWebGL/", .unsupportedFeature),
        // What Assimp 5.2 does not get through.
        ("BLEND/BlenderDefault_262.blend", .corrupt), ("COB/dwarf_ascii.cob", .corrupt),
        ("COB/molecule_ascii.cob", .corrupt), ("Collada/library_animation_clips.dae", .corrupt),
        ("FBX/transparentTest.fbx", .corrupt), ("LWO/LWOB/", .corrupt),
        ("MDL/MDL (HL1)/.*[0-9][0-9].mdl", .corrupt), ("OpenGEX/animation_example.ogex", .corrupt),
    ]

    static func expectedRefusal(_ name: String) -> ModelError.Code? {
        refused.first { entry in
            let escaped = entry.prefix.replacingOccurrences(of: "(", with: "\\(").replacingOccurrences(
                of: ")", with: "\\)")
            return name.range(of: "^" + escaped, options: .regularExpression) != nil
        }?.code
    }

    @Test("the package is installed (apt-get install assimp-testmodels)")
    func installed() {
        #expect(Self.names.count > 300)
    }

    @Test("every model loads with sound arrays, or is refused for the reason that is known")
    func all() throws {
        var loaded = 0
        for name in Self.names {
            do throws(ModelError) {
                let model = try ModelLoader().load(path: Self.folder + "/" + name)
                #expect(Self.expectedRefusal(name) == nil, "\(name) loads")
                check(model, name)
                loaded += 1
            } catch {
                #expect(Self.expectedRefusal(name) == error.code, "\(error.message)")
                #expect(error.message.hasSuffix(".") && error.message.contains(name))
            }
        }
        #expect(loaded > 300)
    }

    private func check(_ model: Model, _ name: String) {
        let shapes = model.triangleCount + model.primitives.spheres.count
        #expect(shapes > 0 && !model.bounds.isEmpty && model.bounds.diagonal > 0, "\(name)")
        for mesh in model.meshes {
            let count = mesh.vertexCount
            #expect(mesh.indices.count.isMultiple(of: 3) && mesh.indices.allSatisfy { $0 < count }, "\(name)")
            #expect(mesh.positions.allSatisfy(\.isFinite) && mesh.normals.count == 3 * count, "\(name)")
            #expect([0, 2 * count].contains(mesh.textureCoordinates.count), "\(name)")
            #expect([0, 4 * count].contains(mesh.colors.count), "\(name)")
            #expect(model.materials.indices.contains(mesh.material), "\(name)")
            let lengths = (0..<count).map { corner -> Float in
                let n = mesh.normals[3 * corner..<3 * corner + 3]
                return n.reduce(0) { $0 + $1 * $1 }
            }
            #expect(lengths.allSatisfy { abs($0 - 1) < 1e-3 }, "\(name)")
        }
        for material in model.materials {
            if let texture = material.baseColorTexture { #expect(model.textures.indices.contains(texture), "\(name)") }
        }
        #expect(Set(model.instances.map(\.mesh)) == Set(model.meshes.indices), "\(name)")
    }

    @Test(
        "known models have their known size",
        arguments: [
            ("OBJ/spider.obj", 1368, 5), ("STL/Spider_binary.stl", 1368, 0), ("PLY/Wuson.ply", 3732, 0),
            ("OFF/Wuson.off", 3732, 0), ("FBX/embedded_ascii/box.FBX", 12, 1), ("Collada/duck.dae", 4212, 1),
            ("glTF2/BoxTextured-glTF-Binary/BoxTextured.glb", 12, 1), ("3MF/box.3mf", 12, 0),
            ("glTF2/draco/2CylinderEngine.gltf", 110336, 0), ("IFC/AC14-FZK-Haus.ifc", 35906, 0),
        ])
    func known(name: String, triangles: Int, textures: Int) throws {
        let model = try ModelLoader().load(path: Self.folder + "/" + name)
        #expect(model.triangleCount == triangles && model.textures.count == textures)
    }

    @Test(
        "a second load of the same file is the same to the bit",
        arguments: [
            "OBJ/spider.obj", "3DS/fels.3ds", "Collada/duck.zae", "BLEND/Suzanne_248.blend", "X/anim_test.x",
            "AC/Wuson.ac",
        ])
    func same(name: String) throws {
        let (a, b) = (
            try ModelLoader().load(path: Self.folder + "/" + name),
            try ModelLoader().load(path: Self.folder + "/" + name)
        )
        #expect(a.meshes.map(\.positions) == b.meshes.map(\.positions))
        #expect(
            a.meshes.map(\.normals) == b.meshes.map(\.normals) && a.meshes.map(\.indices) == b.meshes.map(\.indices))
        #expect(a.materials == b.materials && a.lights == b.lights && a.warnings == b.warnings)
    }
}
