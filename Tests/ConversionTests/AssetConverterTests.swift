// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Models
import Scene
import Testing

@testable import Conversion

@Suite struct AssetConverterTests {
    /// A folder with these files, gone when the body ends.
    private func folder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("convert-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        for (name, text) in files { try Data(text.utf8).write(to: place.appendingPathComponent(name)) }
        try body(place.path)
    }

    private static let triangle =
        #"{"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],"#
        + #" "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}], "accessors": [{"bufferView": 0,"#
        + #" "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [2, 1, 0]}],"#
        + #" "bufferViews": [{"buffer": 0, "byteLength": 36}], "buffers": [{"byteLength": 36, "uri": "#
        + #""data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAgD8AAAAA"}]}"#

    @Test(
        "the extension tells the kind, in either case",
        arguments: [
            ("a/b.FBX", AssetKind.mesh), ("b.gltf", .mesh), ("b.glb", .mesh), ("x.y/b.ply", .points),
            ("b.xyz", .points),
        ]) func kinds(path: String, kind: AssetKind) throws
    {
        #expect(try AssetKind(path: path) == kind)
    }

    @Test(
        "what is not converted is refused by name, with what to do",
        arguments: [("a/scan.stl", "FBX, glTF and GLB"), ("scan", "FBX"), ("", "FBX"), ("glb", "FBX")])
    func otherKinds(path: String, sentence: String) {
        #expect { try AssetKind(path: path) } throws: {
            guard let error = $0 as? ConversionError else { return false }
            return error.code == .unsupportedFormat && error.message.contains(sentence)
        }
    }

    @Test("a mesh is converted, counted and placed") func mesh() throws {
        try folder(["tri.gltf": Self.triangle]) { folder in
            var settings = ConversionSettings()
            (settings.scaling, settings.recentersToOrigin) = (10, true)
            let asset = try AssetConverter().convert(path: folder + "/tri.gltf", settings: settings)
            #expect(asset.statistics.faces == 1 && asset.statistics.vertices == 3 && asset.statistics.meshes == 1)
            #expect(asset.bounds == Bounds(min: Vector3(-10, -5, 0), max: Vector3(10, 5, 0)))
            #expect(asset.recentering == Vector3(-10, -5, 0) && asset.missingFiles.isEmpty)
            let again = try ModelLoader().load(bytes: asset.glb, type: "glb")
            #expect(again.bounds == asset.bounds)
        }
    }

    @Test("points are converted and counted as faces") func points() throws {
        try folder(["scan.xyz": "0 0 0\n1 2 3\n4 4 4\n"]) { folder in
            let asset = try AssetConverter().convert(path: folder + "/scan.xyz", settings: ConversionSettings())
            #expect(asset.statistics.faces == 3 && asset.bounds.max == Vector3(4, 4, 4))
            #expect(try GLBReading(asset.glb).document["meshes"]?.arrayValue?.count == 1)
        }
    }

    @Test("an absent or damaged asset is told by name", arguments: ["gone.glb", "bad.glb", "bad.gltf", "bad.xyz"])
    func unreadable(name: String) throws {
        try folder(["bad.glb": "glTF", "bad.gltf": "{", "bad.xyz": "one two three\n"]) { folder in
            let error = try #require(throws: ConversionError.self) {
                try AssetConverter().convert(path: "\(folder)/\(name)", settings: ConversionSettings())
            }
            #expect(error.code == .unreadable && error.message.contains(name), "\(error.message)")
        }
    }

    @Test("an asset over the limit says so") func limits() throws {
        try folder(["tri.gltf": Self.triangle]) { folder in
            var options = ModelLoader.Options()
            options.maxBytes = 10
            let error = try #require(throws: ConversionError.self) {
                try AssetConverter(loading: options).convert(
                    path: folder + "/tri.gltf", settings: ConversionSettings())
            }
            #expect(error.code == .limits)
        }
    }

    @Test("settings lie beside the model; without them the defaults hold") func settings() throws {
        try folder(["a.ConversionSettings.json": #"{"scaling": 2}"#, "b.ConversionSettings.json": "{"]) { folder in
            let (found, absent) = (
                try AssetConverter.settings(beside: folder + "/a.fbx"),
                try AssetConverter.settings(beside: folder + "/c.fbx")
            )
            #expect(found.scaling == 2 && absent == ConversionSettings())
            #expect(throws: ConversionError.self) { try AssetConverter.settings(beside: folder + "/b.fbx") }
        }
    }

    @Test("the reports tell what was read, written and missing") func reports() throws {
        try folder(["tri.gltf": Self.triangle]) { folder in
            var asset = try AssetConverter().convert(path: folder + "/tri.gltf", settings: ConversionSettings())
            let clean = ConversionReport.result(id: "x", asset)
            #expect(clean == [["conversionId": "x"], ["result": "succeeded"]])
            asset.missingFiles = ["wood.png"]
            let entries = try #require(ConversionReport.result(id: "x", asset).arrayValue)
            #expect(entries[1]["warning"] == "4004" && entries[1]["details"]?["file"] == "wood.png")
            #expect(entries.last == ["result": "succeeded with warnings"])
            let info = ConversionReport.info(
                input: "tri.gltf", output: "tri.arrAsset", version: "1.2", settings: ConversionSettings(), asset)
            #expect(info["files"] == ["input": "tri.gltf", "output": "tri.arrAsset"])
            #expect(info["inputInfo"]?["sourceAssetExtension"] == ".gltf")
            #expect(info["inputStatistics"]?["numFaces"] == 1 && info["conversionSettings"]?["scaling"] == 1.0)
            #expect(info["outputStatistics"]?["boundingBox"]?["max"] == [2.0, 1.0, 0.0])
        }
    }

    @Test("a failure is an error with its sentence") func failure() {
        let entries = ConversionReport.result(id: "x", failure: "no such mesh").arrayValue ?? []
        #expect(entries.count == 3 && entries[1]["error"] == "2007" && entries[1]["title"] == "no such mesh")
        #expect(entries[2] == ["result": "failed"])
    }
}
