// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import JSONRPC
import Testing

@testable import Service

/// Conversions from and to Blob storage, by the SAS of the request.
@Suite(.serialized) struct BlobConversionTests {
    private static let cloud = """
        ply
        format ascii 1.0
        element vertex 2
        property float x
        property float y
        property float z
        end_header
        0 0 0
        1 1 1

        """

    private static func sas(_ permissions: String) throws -> String {
        var sas = BlobSAS(.container, permissions: permissions, expires: Date(timeIntervalSince1970: 4e9))
        sas.requiresTLS = false
        return try sas.signed(
            account: BlobServer.account, container: BlobServer.container, key: Secret(BlobServer.key)
        ).reveal()
    }

    private func body(
        _ file: String = "box.ply", prefix: String = "models", input: String, readSAS: String?, output: String,
        writeSAS: String?
    ) -> String {
        var settings: [String: [String: String]] = [
            "inputLocation": [
                "storageContainerUri": input, "blobPrefix": prefix, "relativeInputAssetPath": file,
            ],
            "outputLocation": ["storageContainerUri": output, "blobPrefix": "made"],
        ]
        settings["inputLocation"]?["storageContainerReadListSas"] = readSAS
        settings["outputLocation"]?["storageContainerWriteSas"] = writeSAS
        return (try? JSONValue(encoding: ["settings": settings]).serialized()) ?? ""
    }

    private func with(
        _ body: (ServiceUnderTest, BlobServer, _ container: String) async throws -> Void
    ) async throws {
        try await BlobServer.with { storage, container in
            try await ServiceUnderTest.inFolder { folder in
                let service = try await ServiceUnderTest(in: folder) { $0.blobHosts = ["127.0.0.1"] }
                storage.put("models/box.ply", Array(Self.cloud.utf8))
                storage.put("models/sub/readme ü.txt", [1])
                storage.put("models/folder/", [])
                storage.put("other/huge.bin", [2])
                try await body(service, storage, container)
                await service.stop()
            }
        }
    }

    @Test("an asset goes from a container into a container, and nothing else of it is read")
    func blobs() async throws {
        try await with { service, storage, container in
            // Storage that stumbles costs tries, not conversions.
            storage.cut { request, index in request.method != "PUT" && index % 3 == 1 ? -1 : nil }
            let (read, write) = (try Self.sas("rl"), "?" + (try Self.sas("cw")))
            let created = try await service.call(
                .put, "conversions/c1", body(input: container, readSAS: read, output: container, writeSAS: write))
            #expect(created.status == 201, "\(created.text)")
            let ended = try await service.settled("conversions/c1")
            #expect(ended["status"] == "Succeeded", "\(ended)")
            #expect(ended["output"]?["outputAssetUri"] == .string(container + "/made/box.arrAsset"))
            let made = storage.blobs.filter { $0.key.hasPrefix("made/") }
            #expect(
                made.keys.sorted() == [
                    "made/box.arrAsset", "made/box.glb", "made/box.info.json", "made/box.png", "made/box.result.json",
                ])
            #expect(made["made/box.arrAsset"]?.bytes.starts(with: Array("glTF".utf8)) == true)
            #expect(made["made/box.glb"]?.contentType == "model/gltf-binary")
            #expect(made["made/box.png"]?.contentType == "image/png")
            #expect(!storage.requests.contains { $0.path.contains("other") })
            #expect(storage.requests.allSatisfy { $0.header("Authorization") == nil })
        }
    }

    @Test("a container may be Blob storage and the other one a folder")
    func mixed() async throws {
        try await with { service, storage, container in
            let made = body(
                input: container, readSAS: try Self.sas("rl"), output: ServiceUnderTest.outputURI, writeSAS: nil)
            #expect(try await service.call(.put, "conversions/down", made).status == 201)
            #expect(try await service.settled("conversions/down")["status"] == "Succeeded")
            #expect(try service.made().contains("made/box.arrAsset"))
            try Data(Self.cloud.utf8).write(to: URL(fileURLWithPath: service.folder + "/in/points.ply"))
            let up = body(
                "points.ply", prefix: "", input: ServiceUnderTest.inputURI, readSAS: nil, output: container,
                writeSAS: try Self.sas("w"))
            #expect(try await service.call(.put, "conversions/up", up).status == 201)
            #expect(try await service.settled("conversions/up")["status"] == "Succeeded")
            #expect(storage.blobs["made/points.arrAsset"] != nil)
        }
    }

    @Test("storage that cannot be used is refused at once, in the original's words and without the SAS")
    func refused() async throws {
        try await with { service, storage, container in
            let (read, write) = (try Self.sas("rl"), try Self.sas("cw"))
            let wrong = read.replacing("sig=", with: "sig=planted")
            let ended = "sv=2021-08-06&sp=rl&se=2020-01-01T00%3A00%3A00Z&sig=planted"
            let elsewhere = container.replacing(BlobServer.container, with: "none")
            let cases: [(input: String, read: String?, write: String?, words: String)] = [
                (container, nil, write, "storageContainerReadListSas"), (container, read, nil, "WriteSas"),
                (container, write, write, "\"rl\" is needed"), (container, read, read, "\"cw\" is needed"),
                (container, ended, write, "2020-01-01"), (container, wrong, write, "403"),
                (elsewhere, read, write, "40"), ("https://example.com/c", read, write, "allows its host"),
                ("http://example.com/c", read, write, "https"), ("file:///etc", read, write, "no http"),
                (container + "?" + read, read, write, "query"),
            ]
            for (input, read, write, words) in cases {
                let answer = try await service.call(
                    .put, "conversions/c1", body(input: input, readSAS: read, output: container, writeSAS: write))
                let message = answer.json?["error"]?["message"]?.stringValue ?? ""
                #expect(answer.status == 403 && message.contains(words), "\(words): \(answer)")
                #expect(answer.json?["error"]?["code"] == "DelegatedResourceAccessError")
                #expect(!answer.text.contains("planted") && !answer.text.contains("sig="))
            }
            #expect(try await service.call(.get, "conversions/c1").status == 404)
            #expect(!storage.blobs.keys.contains { $0.hasPrefix("made/") })
        }
    }

    @Test("what fails only later fails the conversion, and says why without the SAS")
    func failures() async throws {
        try await with { service, storage, container in
            let read = try Self.sas("rl")
            let forged = "sv=2021-08-06&sp=cw&se=2096-01-01T00%3A00%3A00Z&sr=c&sig=planted"
            let cases = [
                ("forged", "models", forged, "403"), ("empty", "nothing", try Self.sas("cw"), "nothing below"),
            ]
            for (id, prefix, write, words) in cases {
                let body = body(prefix: prefix, input: container, readSAS: read, output: container, writeSAS: write)
                #expect(try await service.call(.put, "conversions/\(id)", body).status == 201)
                let ended = try await service.settled("conversions/\(id)")
                #expect(ended["status"] == "Failed")
                let message = ended["error"]?["message"]?.stringValue ?? ""
                #expect(message.contains(words) && !message.contains("planted"), "\(message)")
            }
            #expect(!storage.blobs.keys.contains { $0.hasPrefix("made/") })
        }
    }

    @Test(
        "a SAS tells what it allows and until when",
        arguments: [
            ("sp=rl&sig=x", ["rl"], nil), ("?sp=racwdl&sig=x", ["rl"], nil), ("sp=r&sig=x", ["rl"], "\"rl\""),
            ("sp=w&sig=x", ["cw", "w"], nil), ("sp=r&sig=x", ["cw", "w"], "\"cw\""), ("si=policy&sig=x", ["rl"], nil),
            ("sp=rl&se=2000-01-01&sig=x", ["rl"], "2000"), ("sp=rl&se=2096-01-01&sig=x", ["rl"], nil),
            ("sp=rl&se=2000-01-01T00:00:00Z&sig=x", ["rl"], "2000"), ("sp=rl&se=soon&sig=x", ["rl"], nil),
        ] as [(String, [String], String?)])
    func grants(query: String, needed: [String], words: String?) throws {
        let objection = try #require(SASGrant(query)).objection(
            needing: needed, now: Date(timeIntervalSince1970: 1.8e9))
        #expect((objection == nil) == (words == nil))
        if let words { #expect(objection?.contains(words) == true) }
        #expect(SASGrant(query.replacing("sig", with: "x")) == nil)
    }
}
