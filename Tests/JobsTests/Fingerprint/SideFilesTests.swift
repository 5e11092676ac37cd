// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Jobs

@Suite struct SideFilesTests {
    /// The side files of a model of this name and content, `others` beside it.
    private func names(_ name: String, _ content: [UInt8], others: [String: String] = [:]) throws -> [String] {
        let place = try Workplace(models: [])
        for (other, text) in others { try place.write("models/\(other)", text) }
        try place.write("models/\(name)", "")
        try Data(content).write(to: URL(fileURLWithPath: place.path("models/\(name)")))
        return SideFiles.names(of: place.path("models/\(name)"))
    }

    private func names(_ name: String, _ text: String, others: [String: String] = [:]) throws -> [String] {
        try names(name, Array(text.utf8), others: others)
    }

    @Test("an OBJ names its MTL, and the MTL its pictures, options left out") func obj() throws {
        let mtl = "newmtl a\n  map_Kd wood.png\nmap_Bump -bm 0.2 bumps\\rough.png\nmap_Ks\nKd 1 1 1\nmap_Kd wood.png\n"
        #expect(
            try names("a.OBJ", "# x\nmtllib a b.mtl\r\nv 0 0 0\nmtllibx no.mtl\n", others: ["a b.mtl": mtl])
                == ["a b.mtl", "wood.png", "bumps/rough.png"])
        #expect(try names("a.obj", "mtllib gone.mtl\n") == ["gone.mtl"])
    }

    @Test("a glTF names its buffers and pictures; what it carries or fetches is none") func gltf() throws {
        let json =
            #"{"buffers": [{"uri": "a%20b.bin"}, {"uri": "data:;base64,AA=="}, {}], "images": [{"uri": "t.png"},"#
            + #" {"uri": "https://example.org/x.png"}, {"bufferView": 0}, {"uri": "a%20b.bin"}]}"#
        #expect(try names("a.gltf", json) == ["a b.bin", "t.png"])
        var glb = Array("glTF".utf8) + [2, 0, 0, 0] + [0, 0, 0, 0]
        glb += (0..<4).map { UInt8(truncatingIfNeeded: json.utf8.count >> (8 * $0)) } + Array("JSON".utf8)
        glb += Array(json.utf8) + [1, 2, 3]
        #expect(try names("a.glb", glb) == ["a b.bin", "t.png"])
    }

    @Test("a PLY names its texture") func ply() throws {
        #expect(try names("a.ply", "ply\nformat ascii 1.0\ncomment TextureFile skin.jpg\n") == ["skin.jpg"])
    }

    @Test("an FBX names its pictures in both its forms") func fbx() throws {
        #expect(try names("a.fbx", "\t\tRelativeFilename: \"tex\\wall.png\"\n") == ["tex/wall.png"])
        let binary = Array("xxRelativeFilenameS".utf8) + [8, 0, 0, 0] + Array("wall.pngrest".utf8)
        #expect(try names("a.fbx", binary) == ["wall.png"])
    }

    @Test(
        "a damaged or unknown file names nothing",
        arguments: [
            ("a.gltf", "{"), ("a.glb", "glTF"), ("a.fbx", "RelativeFilenameS\u{7f}\u{7f}\u{7f}\u{7f}"),
            ("a.stl", "mtllib x"),
            ("a.fbx", "RelativeFilename"), ("a.obj", ""), ("a.obj", "mtllib"), ("a.gltf", "[1, 2]"),
        ]) func damaged(name: String, text: String) throws
    {
        #expect(try names(name, text).isEmpty)
    }

    @Test("a folder in the place of a model names nothing") func folder() throws {
        let place = try Workplace(models: ["x.obj/inner.stl"])
        #expect(SideFiles.names(of: place.path("models/x.obj")).isEmpty)
        #expect(SideFiles.names(of: place.path("models/gone.gltf")).isEmpty)
    }

    @Test("side files lie beside the model unless their path is absolute") func places() {
        #expect(SideFiles.resolve("t.png", beside: "a/b.obj") == "a/t.png")
        #expect(SideFiles.resolve("t.png", beside: "b.obj") == "t.png")
        #expect(SideFiles.resolve("/t.png", beside: "a/b.obj") == "/t.png")
    }
}
