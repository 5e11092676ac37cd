// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import BlobStorage
import Foundation
import HTTPFixtures
import HTTPService
import Testing

@Suite struct BlobContainerTests {
    static let names = ["a.png", "sub dir/haus ü.fbx", "100%+1&x=y?#.glb", "日本/😀.json", "a//b", ".hidden"]

    @Test("writes, reads, looks at, lists and deletes, whatever proves who calls", arguments: BlobWay.allCases)
    func everything(way: BlobWay) async throws {
        try await BlobServer.with { server, address in
            let container = try way.container(at: address)
            for name in Self.names {
                let written = try await container.put(
                    name, bytes: pattern(257),
                    options: UploadOptions(contentType: "image/png", metadata: ["conversionid": "c1"]))
                #expect(server.blobs[name]?.bytes == pattern(257), "\(name)")
                let properties = try #require(try await container.properties(of: name))
                #expect(properties.length == 257 && properties.contentType == "image/png")
                #expect(properties.etag == written.etag && properties.metadata == ["conversionid": "c1"])
                #expect(try await container.get(name) == pattern(257))
                #expect(try await container.get(name, range: 7..<64) == Array(pattern(257)[7..<64]))
            }
            #expect(try await container.list(pageLength: 2).all().map(\.name) == Self.names.sorted())
            #expect(try await container.list(prefix: "sub dir/").all().map(\.length) == [257])
            for name in Self.names {
                #expect(try await container.delete(name))
                #expect(try await container.delete(name) == false)
                #expect(try await container.properties(of: name) == nil)
            }
            #expect(try await container.list().all().isEmpty)
        }
    }

    @Test("blobs of any length come back", arguments: [0, 1, 7, 64, 257, 100_000])
    func lengths(count: Int) async throws {
        try await BlobServer.with { _, address in
            let container = try BlobWay.sharedKey.container(at: address)
            try await container.put("x", bytes: pattern(count))
            #expect(try await container.get("x") == pattern(count))
        }
    }

    @Test("conditions keep what is there")
    func conditions() async throws {
        try await BlobServer.with { server, address in
            let container = try BlobWay.sharedKey.container(at: address)
            let first = try await container.put("x", bytes: [1], options: UploadOptions(condition: .ifNew))
            let taken = await #expect(throws: ServiceError.self) {
                try await container.put("x", bytes: [2], options: UploadOptions(condition: .ifNew))
            }
            #expect(taken?.status == 409 && taken?.body?.code == "BlobAlreadyExists")
            let etag = try #require(first.etag)
            try await container.put("x", bytes: [3], options: UploadOptions(condition: .ifUnchanged(etag: etag)))
            let changed = await #expect(throws: ServiceError.self) {
                try await container.put("x", bytes: [4], options: UploadOptions(condition: .ifUnchanged(etag: etag)))
            }
            #expect(changed?.status == 412 && server.blobs["x"]?.bytes == [3])
        }
    }

    @Test("a wrong proof is refused with the service's code, and neither key nor SAS is told")
    func refusals() async throws {
        try await BlobServer.with { _, address in
            let wrongKey = Data("another key that is planted".utf8).base64EncodedString()
            let sas = "sv=2021-08-06&sr=c&sp=rl&se=2096-10-02T07:06:40Z&sig=planted%2Bsignature%3D"
            for credential in [
                BlobCredential.sharedKey(account: BlobServer.account, key: Secret(wrongKey)), .sas(Secret(sas)),
                try BlobWay.sas.credential(permissions: "w"), .anonymous,
            ] {
                let log = LogRecorder()
                var options = BlobContainer.Options()
                options.logger = log.logger
                let container = try BlobContainer(address, credential: credential, options: options)
                let error = await #expect(throws: ServiceError.self) { try await container.get("x") }
                #expect(error?.status == 403 && error?.body?.code == "AuthenticationFailed")
                #expect(error?.requestID?.hasPrefix("server-") == true)
                for text in [log.text, error?.message ?? ""] {
                    #expect(!text.contains("planted") && !text.contains(wrongKey))
                }
            }
        }
    }

    @Test("what is missing is told apart: a blob, or its container")
    func missing() async throws {
        try await BlobServer.with { _, address in
            let container = try BlobWay.sharedKey.container(at: address)
            #expect(try await container.properties(of: "none") == nil)
            let blob = await #expect(throws: ServiceError.self) { try await container.get("none") }
            #expect(blob?.status == 404 && blob?.body?.code == "BlobNotFound")
            let other = try BlobWay.sharedKey.container(at: address + "x")
            let error = await #expect(throws: ServiceError.self) { try await other.properties(of: "none") }
            #expect(error?.body?.code == "ContainerNotFound")
        }
    }

    @Test("names that no server could keep, and addresses that are none, are refused before anything is sent")
    func arguments() async throws {
        try await BlobServer.with { server, address in
            let container = try BlobWay.sharedKey.container(at: address)
            for name in ["", "a/../b", "./a", "..", String(repeating: "n", count: 1025)] {
                let error = await #expect(throws: ServiceError.self) { try await container.put(name, bytes: []) }
                #expect(error?.code == .badArgument)
            }
            let metadata = await #expect(throws: ServiceError.self) {
                try await container.put("x", bytes: [], options: UploadOptions(metadata: ["ü": "v"]))
            }
            #expect(metadata?.code == .badArgument)
            #expect(server.requests.isEmpty)
        }
        for address in ["http://10.0.0.1/a/c", "https://a.example", "https://a.example/c?sig=x", "nothing"] {
            #expect(throws: ServiceError.self) { try BlobContainer(address, credential: .anonymous) }
        }
    }

    @Test(
        "lists that are no XML, another XML, or endless are told as such", arguments: ["", "<html>", "<Error/>", "{}"])
    func brokenLists(text: String) async throws {
        var options = BlobContainer.Options(transport: FakeTransport([.answer(200, text)]))
        options.clock = ManualClock().clock
        let container = try BlobContainer("https://a.example/c", credential: .anonymous, options: options)
        let error = await #expect(throws: ServiceError.self) { try await container.list().all() }
        #expect(error?.code == .unreadable)
    }

    @Test(
        "sends what Microsoft's library sends: method, target, content and conditions",
        arguments: [
            "91-blob-put-small-sas", "92-blob-put-if-none-match", "97-blob-head", "98-blob-list", "99-blob-delete",
        ])
    func recorded(name: String) async throws {
        let recorded = try RecordedExchange.all(in: "remote-rendering/\(name).json")
        let services = try RecordedServices(
            "remote-rendering/\(name).json",
            comparing: [
                "x-ms-blob-type", "x-ms-blob-content-type", "x-ms-meta-conversionid", "if-none-match", "accept",
            ])
        let sas = try #require(recorded[0].target.range(of: "st=")).lowerBound
        var options = BlobContainer.Options(transport: services)
        options.clock = ManualClock().clock
        let container = try BlobContainer(
            "https://contosostorage01.blob.core.windows.net/arroutput",
            credential: .sas(Secret(String(recorded[0].target[sas...]))), options: options)
        let bytes = Array(recorded[0].body.utf8)
        switch name.prefix(2) {
        case "91":
            try await container.put(
                "out/house.thumbnail.png", bytes: bytes,
                options: UploadOptions(
                    contentType: "image/png",
                    metadata: ["conversionid": try #require(recorded[0].header("x-ms-meta-conversionid"))]))
        case "92":
            await #expect(throws: ServiceError.self) {
                try await container.put("out/exists.png", bytes: bytes, options: UploadOptions(condition: .ifNew))
            }
        case "97": #expect(try await container.properties(of: "out/house.thumbnail.png")?.length == 13)
        case "98":
            let names = try await container.list(prefix: "out/", pageLength: 2).all().map(\.name)
            #expect(names == ["out/house.arrAsset", "out/house.info.json", "out/house.result.json"])
        default: #expect(try await container.delete("out/house.thumbnail.png"))
        }
        #expect(services.differences.filter { !$0.hasPrefix("x-ms-blob-content-type: application/octet") }.isEmpty)
        #expect(services.left == 0)
    }

    @Test("sends blocks, reads and signs as Microsoft's library does", arguments: ["94", "95", "9a", "9b"])
    func recordedTransfers(number: String) async throws {
        let names = [
            "94": "94-blob-put-blocks", "95": "95-blob-get", "9a": "9a-blob-put-sharedkey",
            "9b": "9b-blob-put-entra-token",
        ]
        let file = "remote-rendering/\(try #require(names[number])).json"
        let recorded = try RecordedExchange.all(in: file).filter { $0.host.hasPrefix("contoso") }
        let transport = FakeTransport { request, index in
            // Looking for blocks of an earlier upload is ours alone, and comes first.
            if request.path.contains("blocklisttype") { return .answer(404) }
            let answer = recorded[number == "94" ? index - 1 : index]
            return .answer(answer.status ?? 500, answer.answer, headers: answer.answerHeaders)
        }
        let credential: BlobCredential =
            switch number {
            case "9a": .sharedKey(account: BlobServer.account, key: Secret(BlobServer.key))
            case "9b": .entra(try FixedToken(recorded[0].header("Authorization")))
            default:
                .sas(
                    Secret(String(recorded[0].target[try #require(recorded[0].target.range(of: "st=")).lowerBound...])))
            }
        var options = BlobContainer.Options(transport: transport)
        (options.clock, options.blockThreshold, options.blockLength) = (ManualClock().clock, 8, 8)
        let container = try BlobContainer(
            "https://contosostorage01.blob.core.windows.net/arroutput", credential: credential, options: options)
        switch number {
        case "94":
            try await withFolder { folder in
                let source = folder.appendingPathComponent("house.fbx")
                try Data(recorded.prefix(3).map(\.body).joined().utf8).write(to: source)
                try await container.put("in/sub dir/haus ü.fbx", file: source)
            }
        case "95": _ = try await container.get("out/house.thumbnail.png", range: 0..<33_554_432)
        default: _ = try await container.put("out/house.thumbnail.png", bytes: Array(recorded[0].body.utf8))
        }
        let sent = transport.requests.filter { !$0.path.contains("blocklisttype") }
        // Names of blocks are each library's own.
        func plain(_ target: String) -> Substring { target.split(separator: "blockid=")[0] }
        #expect(sent.map(\.method) == recorded.map(\.method))
        #expect(sent.map { plain($0.path) } == recorded.map { plain($0.target) })
        for (ours, theirs) in zip(sent, recorded) {
            for name in ["x-ms-blob-type", "x-ms-range"] { #expect(ours.header(name) == theirs.header(name)) }
            #expect(ours.header("x-ms-version") == "2021-08-06" && ours.header("x-ms-date") != nil)
            if !theirs.target.contains("blocklist") { #expect(ours.text == theirs.body) }
        }
        if number == "9b" { #expect(sent[0].header("Authorization") == recorded[0].header("Authorization")) }
        if number == "9a" { #expect(sent[0].header("Authorization")?.hasPrefix("SharedKey contosostorage01:") == true) }
    }

    /// The token of a recording.
    private struct FixedToken: EntraCredential {
        let header: String

        init(_ header: String?) throws { self.header = try #require(header) }

        func token(for scope: String) async throws -> AccessToken {
            AccessToken(
                Secret(String(header.dropFirst("Bearer ".count))), obtained: Date(), expires: .distantFuture)
        }
    }

    @Test("a key for signing is asked for at the account and read")
    func delegation() async throws {
        let recorded = try RecordedExchange.all(in: "remote-rendering/9c-blob-user-delegation-sas.json")[1]
        let transport = FakeTransport([try recorded.response()])
        let container = try BlobContainer(
            "https://contosostorage01.blob.core.windows.net/arroutput", credential: try BlobWay.entra.credential(),
            options: BlobContainer.Options(transport: transport))
        let key = try await container.userDelegationKey(
            from: Date(timeIntervalSince1970: 1_893_456_000), to: Date(timeIntervalSince1970: 1_893_542_400))
        #expect(transport.requests.map(\.path) == [recorded.target])
        #expect(
            transport.requests[0].text.contains(
                "<Start>2030-01-01T00:00:00Z</Start><Expiry>2030-01-02T00:00:00Z</Expiry>"))
        #expect(transport.requests[0].header("Authorization") == "Bearer entra-token")
        #expect(key.signedTid == "00000000-0000-0000-0000-0000000000aa" && key.value.reveal() == BlobServer.key)
        #expect(!"\(key)".contains(BlobServer.key))
    }
}
