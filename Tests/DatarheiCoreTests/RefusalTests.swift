// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import HTTPFixtures
import HTTPService
import Testing

@Suite struct RefusalTests {
    typealias Call = @Sendable (CoreClient) async throws -> Void

    static let refusals: [(file: String, code: ServiceError.Code, call: Call)] = [
        ("33-err-fs-mem-get-404", .missing, { _ = try await $0.file("dir/hello.txt", in: "mem") }),
        ("51-err-fs-unknown-storage", .missing, { _ = try await $0.files(in: "nope") }),
        ("67-err-metadata-get-404", .missing, { _ = try await $0.metadata("title") }),
        ("100-err-process-metadata-404", .missing, { _ = try await $0.processMetadata("live", "nope") }),
        ("124-err-process-404", .missing, { _ = try await $0.process("live") }),
        ("126-err-process-state-404", .missing, { _ = try await $0.processState("live") }),
        ("128-process-probe-unknown", .missing, { _ = try await $0.probeProcess("nope") }),
        ("130-err-process-command-unknown-id", .missing, { try await $0.command("nope", .start) }),
        ("131-err-process-delete-404", .missing, { try await $0.deleteProcess("nope") }),
        (
            "54-err-fs-put-operation", .notSupported,
            { try await $0.transferFile(.copy, from: "mem:///a", to: "disk:///b") }
        ),
        (
            "55-err-fs-delete-list", .notSupported,
            { _ = try await $0.deleteFiles(in: "mem", CoreFileQuery(glob: "/frames/*")) }
        ),
        ("150-err-report-process-404", .notSupported, { _ = try await $0.searchReports() }),
        ("154-err-cluster-404", .notSupported, { _ = try await $0.cluster() }),
        ("225-vod-err-cluster-404", .notSupported, { _ = try await $0.cluster() }),
        ("72-err-process-post-duplicate", .refused, { _ = try await $0.addProcess(CoreProcessConfig(id: "live")) }),
        ("19-err-config-put-invalid", .refused, { try await $0.setConfiguration(CoreSettings()) }),
    ]

    @Test("what is not there is told from what the server cannot do", arguments: refusals.map(\.file))
    func kinds(file: String) async throws {
        let refusal = try #require(Self.refusals.first { $0.file == file })
        let exchange = try CoreExchange(file)
        let about = try CoreExchange("05-about").response
        let setup = try CoreSetup(
            FakeTransport { request, _ in request.path == "/api" ? about : exchange.response })
        let error = await #expect(throws: ServiceError.self) { try await refusal.call(setup.client) }
        #expect(error?.code == refusal.code)
        #expect(error?.status == exchange.status)
        // The version is asked for only where it explains something.
        #expect(setup.transport.requests.count == (refusal.code == .notSupported ? 2 : 1))
        if refusal.code == .notSupported { #expect(error?.message.contains("16.16.0") == true) }
    }

    @Test("a refusal of settings says which and why")
    func settings() async throws {
        let setup = try CoreSetup(recorded: "19-err-config-put-invalid")
        let error = await #expect(throws: ServiceError.self) { try await setup.client.setConfiguration(CoreSettings()) }
        #expect(error?.body?.details.map(\.target) == ["tls.cert_file", "tls.enable"])
        #expect(error?.message.contains("/nonexistent does not exist") == true)
    }

    @Test("a 404 of something in between says nothing of the Core", arguments: ["<html>gone</html>", ""])
    func proxies(text: String) async throws {
        let setup = try CoreSetup(404, text)
        let error = await #expect(throws: ServiceError.self) { try await setup.client.process("live") }
        #expect(error?.code == .refused)
    }

    @Test("a removal whose answer was lost is a removal")
    func lostAnswer() async throws {
        let gone = try CoreExchange("131-err-process-delete-404").response
        let setup = try CoreSetup(
            FakeTransport { _, index in
                guard index > 0 else { throw TransportError(.broken, "the connection was closed") }
                return gone
            })
        try await setup.client.deleteProcess("nope")
        #expect(setup.transport.requests.count == 2)
    }

    @Test("names that are empty are refused before they are sent")
    func emptyNames() async throws {
        let setup = try CoreSetup(200, "{}")
        let calls: [Call] = [
            { _ = try await $0.process("") }, { _ = try await $0.metadata("") },
            { _ = try await $0.file("/", in: "mem") },
            { _ = try await $0.sessions([]) }, { _ = try await $0.deleteFiles(in: "mem", CoreFileQuery()) },
        ]
        for call in calls {
            let error = await #expect(throws: ServiceError.self) { try await call(setup.client) }
            #expect(error?.code == .badArgument)
        }
        #expect(setup.transport.requests.isEmpty)
    }
}
