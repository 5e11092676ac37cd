// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import BlobStorage
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import JSONRPC
import Testing

@testable import Service

/// Storage that accounts use without a SAS.
@Suite(.serialized) struct LinkedStorageTests {
    private static let account = ServiceUnderTest.account
    private static let cloud =
        "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n1 1 1\n"

    /// Gives the token that the storage of the tests takes, and counts how often it was asked.
    private final class Identity: EntraCredential {
        func token(for scope: String) async throws -> AccessToken {
            AccessToken(Secret("entra-token"), obtained: Date(), expires: Date(timeIntervalSinceNow: 3600))
        }
    }

    private func body(_ container: String, sas: String? = nil) throws -> String {
        var places: [[String: String]] = [
            ["storageContainerUri": container, "blobPrefix": "models", "relativeInputAssetPath": "box.ply"],
            ["storageContainerUri": container, "blobPrefix": "made"],
        ]
        if let sas { places[0]["storageContainerReadListSas"] = sas }
        let value = try JSONValue(encoding: ["settings": ["inputLocation": places[0], "outputLocation": places[1]]])
        return value.serialized()
    }

    @Test("linked storage is read and written by a key or an identity", arguments: ["key", "identity"])
    func linked(way: String) async throws {
        try await BlobServer.with { storage, container in
            storage.put("models/box.ply", Array(Self.cloud.utf8))
            try await ServiceUnderTest.inFolder { folder in
                let service = try await ServiceUnderTest(in: folder) { options in
                    options.blobHosts = []
                    let credential: BlobCredential =
                        way == "key"
                        ? .sharedKey(account: BlobServer.account, key: Secret(BlobServer.key))
                        : .entra(KeptTokens(Identity()))
                    options.linkedStorage.link(container, to: Self.account.uppercased(), by: credential)
                }
                let created = try await service.call(.put, "conversions/c1", try body(container))
                #expect(created.status == 201, "\(created.text)")
                #expect(try await service.settled("conversions/c1")["status"] == "Succeeded")
                #expect(storage.blobs["made/box.arrAsset"] != nil && storage.blobs["made/box.png"] != nil)
                #expect(storage.requests.allSatisfy { $0.header("Authorization") != nil })
                // A SAS in the request is what counts, and is refused here: no host may be named with one.
                let signed = try await service.call(
                    .put, "conversions/c2", try body(container, sas: "sp=rl&sig=planted"))
                #expect(signed.status == 403 && !signed.text.contains("planted"))
                await service.stop()
            }
        }
    }

    @Test("storage is linked to one account, and to nothing beside it")
    func notLinked() async throws {
        var linked = LinkedStorage()
        linked.link("https://me.example/in/", to: Self.account, by: .anonymous)
        linked.link("https://me.example", to: "other", by: .anonymous)
        for (container, account, isLinked) in [
            ("https://me.example/in", Self.account, true), ("https://ME.example/In/", Self.account.uppercased(), true),
            ("https://me.example/inner", Self.account, false), ("https://me.example/out", Self.account, false),
            ("https://me.example/out", "other", true), ("https://me.example.evil/out", "other", false),
            ("https://me.example/in", "third", false),
        ] {
            #expect((linked.credential(for: container, account: account) != nil) == isLinked, "\(container)")
        }
        let locator = StoreLocator(containers: [:], blobHosts: ["me.example"], linked: linked)
        let problem = #expect(throws: StorageProblem.self) {
            try locator.store(uri: "https://me.example/out", signature: nil, for: .output, account: Self.account)
        }
        #expect(problem?.message.contains("storageContainerWriteSas, or to be linked") == true)
    }

    @Test("the file says which account is wrong, and never a key")
    func files() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let file = folder + "/linked.json"
            let context = IdentityContext(transport: FakeTransport([.answer(500)]), environment: [:])
            let url = "https://me.blob.core.windows.net"
            let cases: [(text: String, words: String?)] = [
                (#"{"\#(Self.account)": {"\#(url)": {"key": "cGxhbnRlZA=="}}}"#, nil),
                (#"{"\#(Self.account)": {"\#(url)/c": {"identity": "machine"}}}"#, nil),
                (#"{"\#(Self.account)": {"\#(url)": {"key": "planted!"}}}"#, Self.account),
                (#"{"\#(Self.account)": {"\#(url)": {"identity": "me"}}}"#, "no identity"),
                (#"{"\#(Self.account)": {"\#(url)": {"identity": "workload"}}}"#, "AZURE_"),
                (#"{"\#(Self.account)": {"\#(url)": {}}}"#, "either a key or an identity"),
                (#"{"\#(Self.account)": {"ftp://x": {"identity": "machine"}}}"#, "no http"),
                (#"{"me": {"\#(url)": {"identity": "machine"}}}"#, "UUID"), (#"{"me": 3}"#, "does not hold"),
                ("", "does not hold"),
            ]
            for (text, words) in cases {
                try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                guard let words else {
                    #expect(
                        try LinkedStorage(file: file, context: context)
                            .credential(for: "\(url)/c", account: Self.account) != nil)
                    continue
                }
                let error = #expect(throws: HostError.self) { try LinkedStorage(file: file, context: context) }
                #expect(error?.message.contains(words) == true, "\(text): \(error?.message ?? "")")
                #expect(error?.message.contains("planted") == false)
            }
            let absent = #expect(throws: HostError.self) { try LinkedStorage(file: "/no/such", context: context) }
            #expect(absent?.message.contains("/no/such") == true)
        }
    }
}
