// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import TestFixtures
import Testing

@testable import Service

@Suite(.serialized) struct ConversionServiceTests {
    private static let box = """
        {"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
         "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1}]}],
         "buffers": [{"byteLength": 42, "uri": "box.bin"}],
         "bufferViews": [{"buffer": 0, "byteLength": 36}, {"buffer": 0, "byteOffset": 36, "byteLength": 6}],
         "accessors": [
           {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]},
           {"bufferView": 1, "componentType": 5123, "count": 3, "type": "SCALAR"}]}
        """

    /// A triangle as glTF with its buffer.
    private func putBox(in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(Self.box.utf8).write(to: URL(fileURLWithPath: folder + "/box.gltf"))
        var bytes = Data()
        for number in [0, 0, 0, 1, 0, 0, 0, 1, 0] as [Float] {
            withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
        }
        bytes.append(contentsOf: [0, 0, 1, 0, 2, 0])
        try bytes.write(to: URL(fileURLWithPath: folder + "/box.bin"))
    }

    @Test("an asset is converted, with reports and a thumbnail beside it") func converts() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            try putBox(in: folder + "/in/models")
            let created = try await service.call(
                .put, "conversions/c1", ServiceUnderTest.conversion("box.gltf", prefix: "models"))
            #expect(created.status == 201 && created.json?["status"] == "NotStarted")
            #expect(created.json?["settings"]?["inputLocation"]?["blobPrefix"] == "models/")
            #expect(created.json?["settings"]?["outputLocation"]?["outputAssetFilename"] == "box.arrAsset")
            let ended = try await service.settled("conversions/c1")
            #expect(ended["status"] == "Succeeded" && ended["error"] == .null)
            #expect(ended["output"]?["outputAssetUri"] == .string(ServiceUnderTest.outputURI + "/made/box.arrAsset"))
            #expect(
                try service.made() == [
                    "made/box.arrAsset", "made/box.glb", "made/box.info.json", "made/box.png", "made/box.result.json",
                ])
            let asset = try #require(FileManager.default.contents(atPath: folder + "/out/made/box.arrAsset"))
            #expect(asset.starts(with: Data("glTF".utf8)))
            #expect(FileManager.default.contents(atPath: folder + "/out/made/box.glb") == asset)
            let info = try JSONValue(
                parsing: [UInt8](try #require(FileManager.default.contents(atPath: folder + "/out/made/box.info.json")))
            )
            #expect(info["inputStatistics"]?["numFaces"] == 1)
            let result = try #require(FileManager.default.contents(atPath: folder + "/out/made/box.result.json"))
            #expect(try JSONValue(parsing: [UInt8](result)) == [["conversionId": "c1"], ["result": "succeeded"]])
            await service.stop()
        }
    }

    @Test("signatures never come back, and are forgotten once the conversion has ended") func signatures() async throws
    {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            try putBox(in: folder + "/in")
            let created = try await service.call(.put, "conversions/c1", ServiceUnderTest.conversion("box.gltf"))
            #expect(!created.text.contains("planted-secret"))
            _ = try await service.settled("conversions/c1")
            let listed = try await service.call(.get, "conversions")
            #expect(!listed.text.contains("planted-secret"))
            await service.stop()
            let database = try #require(FileManager.default.contents(atPath: folder + "/service.sqlite"))
            let reopened = ConversionStore(queue: try Database(path: folder + "/service.sqlite").queue)
            let record = try #require(try await reopened.get(account: ServiceUnderTest.account, id: "c1"))
            #expect(!String(decoding: record.settings, as: UTF8.self).contains("planted-secret"))
            #expect(database.count > 0)
        }
    }

    @Test(
        "an asset that cannot be converted fails by itself, and says why in its result",
        arguments: [
            ("none.fbx", "none.fbx"), ("broken.glb", "broken.glb"), ("model.obj", "not converted"), ("scan.las", "LAS"),
        ])
    func failures(file: String, reason: String) async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            for name in ["broken.glb", "model.obj", "scan.las"] {
                try Data("no model".utf8).write(to: URL(fileURLWithPath: folder + "/in/" + name))
            }
            _ = try await service.call(.put, "conversions/c1", ServiceUnderTest.conversion(file))
            let ended = try await service.settled("conversions/c1")
            #expect(ended["status"] == "Failed" && ended["output"] == nil)
            #expect(ended["error"]?["code"] == "ConversionProcessFailed")
            let stem = String(file.split(separator: ".")[0])
            #expect(try service.made() == ["made/\(stem).result.json"])
            let result = try #require(FileManager.default.contents(atPath: folder + "/out/made/\(stem).result.json"))
            #expect(String(decoding: result, as: UTF8.self).contains(reason))
            #expect(!String(decoding: result, as: UTF8.self).contains(folder + "/out"))
            await service.stop()
        }
    }

    @Test("the same conversion again is the same, another one of its id is refused") func repeated() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            try putBox(in: folder + "/in")
            let body = ServiceUnderTest.conversion("box.gltf")
            #expect(try await service.call(.put, "conversions/c1", body).status == 201)
            // New signatures are made for each request; they make no other conversion.
            let again = try await service.call(
                .put, "conversions/c1", body.replacing("planted-secret", with: "planted-secret-2"))
            #expect(again.status == 200)
            let other = try await service.call(.put, "conversions/c1", ServiceUnderTest.conversion("other.gltf"))
            #expect(other.status == 409 && other.json?["error"]?["code"] == "Conflict")
            await service.stop()
        }
    }

    @Test("lists come in pages that lead on") func pages() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder) { ($0.pageSize, $0.conversions) = (2, 1) }
            for index in 0..<5 {
                _ = try await service.call(.put, "conversions/c\(index)", ServiceUnderTest.conversion("none.fbx"))
            }
            var (names, path) = ([String](), "conversions")
            for page in 0..<3 {
                let answer = try await service.call(.get, path)
                names += (answer.json?["conversions"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
                guard page < 2 else {
                    #expect(answer.json?["@nextLink"] == .null)
                    break
                }
                let link = try #require(answer.json?["@nextLink"]?.stringValue)
                #expect(link.hasPrefix("http://127.0.0.1:\(service.port)/accounts/"))
                let place = try #require(link.split(separator: "continuation=").last)
                path = "conversions?continuation=\(place)"
            }
            #expect(names == (0..<5).map { "c\($0)" })
            await service.stop()
        }
    }

    @Test("conversions that wait when the service ends are carried out by the next one") func restart() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let first = try await ServiceUnderTest(in: folder)
            try putBox(in: folder + "/in")
            for index in 0..<4 {
                _ = try await first.call(.put, "conversions/c\(index)", ServiceUnderTest.conversion("box.gltf"))
            }
            await first.stop()
            let second = try await ServiceUnderTest(in: folder)
            for index in 0..<4 {
                #expect(try await second.settled("conversions/c\(index)")["status"] == "Succeeded")
            }
            await second.stop()
        }
    }
}
