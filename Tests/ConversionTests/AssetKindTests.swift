// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Conversion

@Suite struct AssetKindTests {
    @Test(
        "formats are told by their endings, in either case",
        arguments: [
            ("a.fbx", AssetKind.mesh), ("dir.ply/b.GLTF", .mesh), ("a.b.glb", .mesh), ("c.PLY", .points),
            ("c.xyz", .points),
        ])
    func known(path: String, kind: AssetKind) throws { #expect(try AssetKind(path: path) == kind) }

    @Test(
        "scans that no library of Debian reads are refused by name, with what to do", arguments: ["e57", "las", "LAZ"])
    func scans(ending: String) {
        let error = #expect(throws: ConversionError.self) { try AssetKind(path: "in/scan.\(ending)") }
        #expect(error?.code == .unsupportedFormat)
        for word in ["scan.\(ending)", "E57", "LAS", "LAZ", "PLY or XYZ"] {
            #expect(error?.message.contains(word) == true)
        }
    }

    @Test("what the original did not convert is refused with what is", arguments: ["a.obj", "a.stl", "a.usd", "a", ""])
    func others(path: String) {
        let error = #expect(throws: ConversionError.self) { try AssetKind(path: path) }
        #expect(error?.code == .unsupportedFormat && error?.message.contains("FBX, glTF and GLB") == true)
    }
}
