// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene
import TestFixtures
import Testing

/// Loads a file of `Tests/Fixtures/models`.
func load(_ name: String, _ options: ModelLoader.Options = .init()) throws -> Model {
    try ModelLoader(options: options).load(path: Fixtures.url("models/" + name).path)
}

/// The error of a file that must not load.
func failure(_ name: String, _ options: ModelLoader.Options = .init()) -> ModelError? {
    do {
        _ = try load(name, options)
        return nil
    } catch { return error as? ModelError }
}

@Suite struct FormatTests {
    static let box = Bounds(min: .zero, max: Vector3(1, 2, 3))

    @Test(
        "the same box comes out of every format",
        arguments: [
            ("cube.obj", Axis.plusY), ("cube-ascii.ply", .plusY), ("cube-binary.ply", .plusY),
            ("cube-big-endian.ply", .plusY), ("cube-ascii.stl", .plusZ), ("cube-binary.stl", .plusZ),
            ("cube.off", .plusY), ("cube.gltf", .plusY), ("cube-with-bin.gltf", .plusY), ("cube.glb", .plusY),
            ("cube.3mf", .plusZ), ("cube-z-up.fbx", .plusZ), ("binary-under-text-name.gltf", .plusY),
            ("textured.glb", .plusY), ("long.stl", .plusZ), ("box-utf16.obj", .plusY), ("colored.obj", .plusY),
        ])
    func box(name: String, up: Axis) throws {
        let model = try load(name)
        #expect(model.bounds == Self.box)
        #expect(model.up == up)
        #expect(model.triangleCount == 12)
        // Three faces meet in every corner at right angles: each has a normal of its own there.
        #expect(model.meshes.map(\.vertexCount) == [24])
        let mesh = model.meshes[0]
        #expect(mesh.normals.count == mesh.positions.count)
        #expect(mesh.indices.allSatisfy { $0 < mesh.vertexCount })
        for corner in 0..<mesh.vertexCount {
            let n = mesh.normals[3 * corner..<3 * corner + 3]
            #expect(n.map { $0.magnitude }.sorted() == [0, 0, 1])
        }
        #expect(model.missingFiles.isEmpty)
    }

    @Test("COLLADA that stands on z is turned to y")
    func collada() throws {
        let model = try load("cube-z-up.dae")
        #expect(model.up == .plusY)
        #expect(model.bounds == Bounds(min: Vector3(0, 0, -2), max: Vector3(1, 3, 0)))
    }

    @Test("nodes place their meshes, one mesh as often as they say")
    func nodes() throws {
        let model = try load("nodes.gltf")
        #expect(model.meshes.count == 1 && model.instances.count == 2 && model.triangleCount == 24)
        let first = model.meshes[0].bounds(under: model.instances[0].transform)
        #expect(first == Bounds(min: Vector3(10, 0, 0), max: Vector3(12, 4, 6)))
        let second = model.meshes[0].bounds(under: model.instances[1].transform)
        #expect((second.min - Vector3(8, 5, 0)).length < 1e-5 && (second.max - Vector3(10, 6, 3)).length < 1e-5)
    }

    @Test("the counts are those that Brayns gives")
    func counts() throws {
        let request = try Fixtures.bytes("brayns/105-upload-model-cube/request.bin")
        let header = request[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
        let model = try ModelLoader().load(bytes: Array(request.dropFirst(4 + header)), type: "obj")
        #expect(model.metadata == ["meshes": "1", "faces": "24", "vertices": "72"])
        #expect(model.bounds == Bounds(min: Vector3(-1, -1, -1), max: Vector3(1, 1, 1)) && !model.hasAppearance)
    }

    @Test("polygons that bend inwards are cut into triangles within them")
    func concave() throws {
        let mesh = try #require(try load("concave.obj").meshes.first)
        var area = 0.0
        for face in 0..<mesh.triangleCount {
            let p = (0..<3).map { mesh.position(Int(mesh.indices[3 * face + $0])) }
            area += (p[1] - p[0]).cross(p[2] - p[0]).length / 2
        }
        #expect(abs(area - 10) < 1e-6)
    }

    @Test("an upload gives the same model as its file", arguments: ["cube.glb", "cube-binary.ply", "cube.3mf"])
    func upload(name: String) throws {
        let type = String(name.split(separator: ".")[1])
        let model = try ModelLoader().load(bytes: Fixtures.bytes("models/" + name), type: "." + type.uppercased())
        #expect(model.bounds == Self.box && model.triangleCount == 12 && model.up == Axis.byExtension(type))
    }

    @Test("an upload reads no side files")
    func uploadAlone() throws {
        let model = try ModelLoader().load(bytes: Fixtures.bytes("models/cube.obj"), type: "obj")
        #expect(model.missingFiles == ["cube.mtl"])
        #expect(throws: ModelError.self) {
            try ModelLoader().load(bytes: Fixtures.bytes("models/cube-with-bin.gltf"), type: "gltf")
        }
    }

    @Test("two loads give the same model, to the bit", arguments: ["cube-ascii.stl", "textured.glb", "nodes.gltf"])
    func same(name: String) throws {
        let (a, b) = (try load(name), try load(name))
        #expect(a.meshes.map(\.positions) == b.meshes.map(\.positions))
        #expect(a.meshes.map(\.normals) == b.meshes.map(\.normals))
        #expect(a.meshes.map(\.indices) == b.meshes.map(\.indices))
        #expect(a.materials == b.materials && a.textures == b.textures && a.instances == b.instances)
    }
}
