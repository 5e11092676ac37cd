// SPDX-License-Identifier: Apache-2.0
import CloudStores
import Foundation
import HTTPFixtures
import HTTPService
import JSONRPC
import Stores
import Testing

/// Buckets and containers behave alike behind the one face of stores.
@Suite struct CloudStoreTests {
    enum Kind: String, CaseIterable, Sendable { case s3, az }

    static var kinds: [Kind] { S3Server.interpreter == nil ? [.az] : Kind.allCases }

    private func withStore(_ kind: Kind, _ body: (any ObjectStore, [String: String]) async throws -> Void) async throws
    {
        switch kind {
        case .s3:
            try await S3Server.with { server in
                let environment = [
                    "AWS_ACCESS_KEY_ID": S3Server.keyID, "AWS_SECRET_ACCESS_KEY": S3Server.key,
                    "AWS_ENDPOINT_URL_S3": server.address, "HOME": "/nonexistent",
                ]
                try await body(try store("s3://models/x", environment), environment)
            }
        case .az:
            try await BlobServer.with { _, container in
                let environment = [
                    "AZURE_STORAGE_KEY": BlobServer.key,
                    "AZURE_STORAGE_SERVICE_ENDPOINT": String(container.dropLast(BlobServer.container.count + 1)),
                ]
                try await body(
                    try store("az://\(BlobServer.account)/\(BlobServer.container)", environment), environment)
            }
        }
    }

    private func store(_ address: String, _ environment: [String: String]) throws -> any ObjectStore {
        try StoreOpener(StoreOpener.Options(environment: environment)).store(of: StoreAddress(address))
    }

    @Test("what is put is looked at, listed, read, brought and deleted", arguments: kinds)
    func roundTrip(kind: Kind) async throws {
        try await withStore(kind) { store, _ in
            #expect(
                store.address == (kind == .s3 ? "s3://models" : "az://\(BlobServer.account)/\(BlobServer.container)"))
            let name = "a b/c+ü%.png"
            let options = PutOptions(contentType: "image/png", metadata: ["fingerprint": "0123"])
            let put = try await store.put([1, 2, 3, 4], as: name, options)
            let looked = try await store.look(at: name)
            #expect(looked?.metadata == ["fingerprint": "0123"] && looked?.length == 4)
            #expect(looked?.version == put.version && !put.version.contains("\""))
            let listed = try await store.list(prefix: "a b/")
            #expect(listed.map(\.name) == [name])
            #expect(listed.first?.state.version == put.version && listed.first?.state.length == 4)
            let head = try await store.head(of: name, count: 2)
            #expect(head == [1, 2])
            let (absent, gone) = (try await store.head(of: "absent", count: 2), try await store.look(at: "absent"))
            #expect(absent == nil && gone == nil)
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: file) }
            try await store.fetch(name, to: file.path)
            let bytes = try [UInt8](Data(contentsOf: file))
            #expect(bytes == [1, 2, 3, 4])
            try await store.put(file: file.path, as: "copy", PutOptions())
            try await store.delete(name)
            let left = try await store.list(prefix: "").map(\.name)
            #expect(left == ["copy"])
        }
    }

    @Test("a write whose condition does not hold is a conflict, and what is there stays", arguments: kinds)
    func conflicts(kind: Kind) async throws {
        try await withStore(kind) { store, _ in
            var options = PutOptions()
            options.condition = .ifNew
            let first = try await store.put([1], as: "x", options)
            let taken = await #expect(throws: StoreError.self) { try await store.put([2], as: "x", options) }
            options.condition = .ifUnchanged(version: first.version)
            try await store.put([3], as: "x", options)
            let changed = await #expect(throws: StoreError.self) { try await store.put([4], as: "x", options) }
            #expect(taken?.code == .conflict && changed?.code == .conflict)
            let bytes = try await store.head(of: "x", count: 9)
            #expect(bytes == [3])
        }
    }

    @Test("what is wrong is one sentence with the place in it and nothing secret", arguments: kinds)
    func errors(kind: Kind) async throws {
        try await withStore(kind) { store, environment in
            func failure(_ address: String, _ change: [String: String] = [:]) async throws -> StoreError? {
                let other = try self.store(address, environment.merging(change) { $1 })
                return await #expect(throws: StoreError.self) { try await other.list(prefix: "") }
            }
            let missing = await #expect(throws: StoreError.self) { try await store.fetch("no such", to: "/dev/null/x") }
            let place = store.address
            let (absent, denied, nobody, secret): (StoreError?, StoreError?, StoreError?, String)
            switch kind {
            case .s3:
                absent = try await failure("s3://absent")
                denied = try await failure(place, ["AWS_SECRET_ACCESS_KEY": "planted-wrong"])
                nobody = try await failure(
                    place,
                    [
                        "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true",
                    ])
                secret = S3Server.key
            case .az:
                absent = try await failure("az://\(BlobServer.account)/absent")
                denied = try await failure(place, ["AZURE_STORAGE_SAS_TOKEN": "?sv=1&sig=planted-wrong"])
                nobody = nil
                secret = BlobServer.key
            }
            #expect(missing?.code == .noObject && missing?.message == "\(place)/no such is not there.")
            #expect(absent?.code == .noStore && absent?.message.contains("no such store") == true)
            #expect(denied?.code == .denied && denied?.message.contains("access is denied") == true)
            #expect(nobody.map { $0.code == .noCredentials } ?? (kind == .az), "\(nobody?.message ?? "")")
            for error in [missing, absent, denied, nobody].compactMap(\.self) {
                let text = error.message
                #expect(
                    !text.contains("planted") && !text.contains(secret) && !text.contains(S3Server.keyID), "\(text)")
                #expect(text.hasSuffix(".") && !text.contains("..") && !text.contains("\n"), "\(text)")
            }
        }
    }

    @Test("a store is opened once, whatever object is asked for")
    func once() throws {
        let opener = StoreOpener(StoreOpener.Options(environment: ["HOME": "/nonexistent", "AWS_REGION": "eu-west-1"]))
        let stores = try ["s3://models/a", "s3://models/b/c", "s3://models"].map {
            try opener.store(of: StoreAddress($0)).address
        }
        #expect(stores == ["s3://models", "s3://models", "s3://models"])
        let options = StoreOpener.Options(environment: ["AWS_REGION": "no region/", "HOME": "/nonexistent"])
        let error = #expect(throws: StoreError.self) {
            try StoreOpener(options).store(of: StoreAddress("s3://models"))
        }
        #expect(error?.message.contains("region") == true)
    }
}
