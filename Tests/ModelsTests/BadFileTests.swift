// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene
import TestFixtures
import Testing

@Suite struct BadFileTests {
    @Test(
        "files that are no models say what is wrong, in one sentence that names them",
        arguments: [
            ("gone.obj", ModelError.Code.notFound, "is not there"), ("empty.obj", .corrupt, "empty"),
            ("picture.obj", .unsupportedFormat, "PNG"), ("page.obj", .unsupportedFormat, "web page"),
            ("pointer.glb", .unsupportedFormat, "Git LFS"), ("garbage.fbx", .corrupt, "FBX"),
            ("cube.mtl", .unsupportedFormat, "mtl"), ("box.gltf", .unreadable, "folder"),
            ("cut.ply", .corrupt, "cut short"), ("cut-header.ply", .corrupt, "end_header"),
            ("huge-count.ply", .corrupt, "cut short"), ("huge-count.off", .corrupt, "cut short"),
            ("cut.stl", .corrupt, "cut short"), ("none.stl", .empty, "no triangle"),
            ("cut.glb", .corrupt, "cut short"), ("not-json.gltf", .corrupt, "JSON"),
            ("circle.gltf", .corrupt, "themselves"), ("no-nodes.gltf", .empty, "nothing"),
            ("points.obj", .empty, "points"), ("lines.obj", .empty, "lines"),
            ("one-point.obj", .empty, "one point"),
            ("missing-bin.gltf", .missingFile, "gone.bin"), ("absolute-bin.gltf", .outsideRoots, "/etc/passwd"),
            ("network-bin.gltf", .outsideRoots, "network"),
        ])
    func bad(name: String, code: ModelError.Code, part: String) throws {
        let error = try #require(failure(name))
        #expect(error.code == code, "\(error.message)")
        #expect(error.message.contains(part), "\(error.message)")
        #expect(error.message.contains(name), "\(error.message)")
        #expect(error.message.hasSuffix(".") && !error.message.contains("\n"))
    }

    @Test(
        "glTF files that require what is not read are refused by its name",
        arguments: [
            "EXT_meshopt_compression", "KHR_texture_basisu", "EXT_texture_webp", "KHR_mesh_quantization",
            "VENDOR_secret",
        ])
    func extensions(name: String) throws {
        let error = try #require(failure("requires-\(name).gltf"))
        #expect(error.code == .unsupportedFeature && error.message.contains(name))
    }

    @Test("a damaged part is left out with a warning, the rest is drawn")
    func partlyDamaged() throws {
        let index = try load("bad-index.ply")
        #expect(index.triangleCount == 11)
        let nan = try load("nan.ply")
        // Corner 0 belongs to at most 6 of the 12 triangles.
        #expect(nan.triangleCount < 12 && nan.triangleCount >= 6)
        #expect(nan.bounds.contains(Vector3(1, 2, 3)) && nan.warnings.contains { $0.contains("left out") })
        #expect(try load("empty-solid.stl").triangleCount == 1)
    }

    @Test("only files under the roots are read, links followed")
    func roots() throws {
        let folder = Fixtures.url("models").path
        #expect(try load("textured.obj", .init(roots: [folder])).textures.count == 1)
        #expect(try load("textured.obj", .init(roots: ["/"])).textures.count == 1)
        #expect(failure("cube.obj", .init(roots: [folder + "/Textures"]))?.code == .outsideRoots)
        #expect(failure("cube.obj", .init(roots: ["/no/such/folder"]))?.code == .outsideRoots)
        // A root is a folder, not the beginning of a name.
        #expect(failure("cube.obj", .init(roots: [String(folder.dropLast())]))?.code == .outsideRoots)
        #expect(failure("upwards-bin.gltf", .init(roots: [folder]))?.code == .outsideRoots)
        let outside = try load("pictures/plain-tga.obj", .init(roots: [folder + "/pictures"]))
        #expect(outside.textures.isEmpty && outside.missingFiles == ["../Textures/plain.tga"])
        let library = try load("outside-mtl.obj", .init(roots: [folder]))
        #expect(library.missingFiles.count == 1 && library.warnings.contains { $0.contains("--root") })
    }

    @Test("a link out of the roots is not followed")
    func links() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("roots-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("link.glb"), withDestinationURL: Fixtures.url("models/cube.glb"))
        let inside = ModelLoader(options: .init(roots: [folder.path]))
        #expect(throws: ModelError.self) { try inside.load(path: folder.path + "/link.glb") }
        #expect(try ModelLoader().load(path: folder.path + "/link.glb").triangleCount == 12)
    }

    @Test("absolute and network names in materials are never opened")
    func foreignNames() throws {
        let absolute = try load("absolute-texture.obj")
        #expect(absolute.textures.isEmpty && absolute.missingFiles == ["/etc/passwd"])
        let network = try load("network-image.gltf")
        #expect(network.textures.isEmpty && network.missingFiles.count == 1)
        #expect(network.warnings.contains { $0.contains("network") })
    }

    @Test("a pipe in the place of a model does not hold the loader up")
    func pipe() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("pipe-\(UUID().uuidString).obj").path
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        #expect(throws: ModelError.self) { try ModelLoader().load(path: path) }
    }

    @Test("limits on bytes count side files and pictures; limits on triangles count every placing")
    func limits() throws {
        let obj = try Fixtures.bytes("models/textured.obj").count
        #expect(failure("textured.obj", .init(maxBytes: obj - 1))?.code == .limits)
        #expect(failure("textured.obj", .init(maxBytes: obj + 10))?.code == .limits)
        #expect(try load("textured.obj", .init(maxBytes: obj + 2000)).triangleCount == 12)
        for name in ["cube.obj", "cube-binary.ply", "cube-ascii.ply", "cube-binary.stl", "cube.glb", "cube.3mf"] {
            let error = try #require(failure(name, .init(maxTriangles: 11)))
            #expect(error.code == .limits && error.message.contains("--max-triangles"), "\(error.message)")
            #expect(try load(name, .init(maxTriangles: 12)).triangleCount == 12)
        }
        #expect(failure("nodes.gltf", .init(maxTriangles: 23))?.code == .limits)
        #expect(try load("nodes.gltf", .init(maxTriangles: 24)).triangleCount == 24)
    }

    @Test(
        "every cut of a file ends in a model or in a sentence",
        arguments: [
            ("cube.obj", "obj"), ("cube-ascii.ply", "ply"), ("cube-binary.ply", "ply"), ("cube-binary.stl", "stl"),
            ("cube-ascii.stl", "stl"), ("cube.off", "off"), ("cube.gltf", "gltf"), ("textured.glb", "glb"),
            ("cube-z-up.dae", "dae"), ("cube-z-up.fbx", "fbx"), ("cube.3mf", "3mf"),
        ])
    func cuts(name: String, type: String) throws {
        let bytes = try Fixtures.bytes("models/" + name)
        for cut in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 64)) {
            do throws(ModelError) {
                let model = try ModelLoader().load(bytes: Array(bytes[..<cut]), type: type)
                #expect(model.triangleCount > 0 && !model.bounds.isEmpty)
            } catch {
                #expect(error.message.hasSuffix(".") && error.message.count > 20, "\(error.message)")
            }
        }
    }

    @Test("an unknown type is refused with the list of those that are read")
    func unknownType() {
        for type in ["", ".", "exe", "../obj", "tar.gz"] {
            let error = #expect(throws: ModelError.self) { try ModelLoader().load(bytes: [1], type: type) }
            #expect(error?.code == .unsupportedFormat && error?.message.contains("gltf") == true)
        }
    }
}
