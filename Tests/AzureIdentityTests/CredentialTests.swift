// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import Foundation
import HTTPFixtures
import HTTPService
import TestFixtures
import Testing

@Suite struct CredentialTests {
    static let scope = "https://sts.eastus.mixedreality.azure.com/.default"
    static let tenant = "00000000-0000-0000-0000-0000000000aa"
    static let client = "00000000-0000-0000-0000-0000000000bb"

    private func context(_ transport: any HTTPTransport, _ environment: [String: String] = [:]) -> IdentityContext {
        IdentityContext(
            transport: transport, clock: ManualClock(Date(timeIntervalSince1970: 1_795_247_157)).clock,
            environment: environment)
    }

    /// The exchanges of a recording that go to Entra or to an identity service; Microsoft's library also looks up addresses.
    private func services(_ name: String, comparing: [String] = ["content-type", "metadata", "x-identity-header"])
        throws
        -> RecordedServices
    {
        try RecordedServices("remote-rendering/\(name).json", comparing: comparing, decoding: true) { exchange in
            exchange.target.contains("openid-configuration") || exchange.target.contains("discovery")
                || exchange.host.hasPrefix("sts") || exchange.host.hasPrefix("remoterendering")
        }
    }

    private func environment(_ name: String) throws -> [String: String] {
        let posted = try RecordedExchange.all(in: "remote-rendering/\(name).json").first { $0.method == "POST" }
        let secret = posted?.body.split(separator: "&").first { $0.hasPrefix("client_secret=") }?.dropFirst(14)
        return [
            "AZURE_TENANT_ID": Self.tenant, "AZURE_CLIENT_ID": Self.client,
            "AZURE_CLIENT_SECRET": secret.flatMap { PercentEncoding.decode($0) } ?? "",
        ]
    }

    @Test("a client secret is exchanged as Microsoft's library does it")
    func clientSecret() async throws {
        let services = try services("80-aad-client-secret")
        let context = context(services, try environment("80-aad-client-secret"))
        let token = try await ClientSecretCredential(context).token(for: Self.scope)
        #expect(token.value.reveal().isEmpty == false)
        #expect(token.expires.timeIntervalSince(token.obtained) == 3599)
        #expect(services.differences == [] && services.left == 0)
    }

    @Test("a wrong client secret is refused with Entra's own words and without the secret")
    func wrongSecret() async throws {
        let services = try services("87-aad-client-secret-invalid")
        var environment = try environment("87-aad-client-secret-invalid")
        environment["AZURE_CLIENT_SECRET"] = "wrong"
        let context = context(services, environment)
        let error = await #expect(throws: ServiceError.self) {
            try await ClientSecretCredential(context).token(for: Self.scope)
        }
        #expect(error?.status == 401 && error?.body?.code == "invalid_client")
        #expect(error?.message.contains("AADSTS7000215") == true && services.sent == 1)
    }

    @Test("a workload's token file is read anew each time, without the line end")
    func workload() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let recorded = try RecordedExchange.all(in: "remote-rendering/81-aad-workload-identity.json")[0]
        let assertion = try #require(
            recorded.body.split(separator: "&").first { $0.hasPrefix("client_assertion=") }?.dropFirst(17))
        try Data((try #require(PercentEncoding.decode(assertion)) + "\n").utf8).write(to: file)
        let services = try services("81-aad-workload-identity")
        let context = context(
            services,
            [
                "AZURE_TENANT_ID": Self.tenant, "AZURE_CLIENT_ID": Self.client,
                "AZURE_FEDERATED_TOKEN_FILE": file.path,
            ])
        let credential = try WorkloadIdentityCredential(context)
        _ = try await credential.token(for: Self.scope)
        #expect(services.differences == [] && services.left == 0)
        try Data().write(to: file)
        let empty = await #expect(throws: ServiceError.self) { try await credential.token(for: Self.scope) }
        #expect(empty?.code == .noCredential)
        try FileManager.default.removeItem(at: file)
        let gone = await #expect(throws: ServiceError.self) { try await credential.token(for: Self.scope) }
        #expect(gone?.code == .noCredential && gone?.message.contains(file.path) == true)
    }

    @Test(
        "a machine's identity is asked for as Microsoft's library does it",
        arguments: ["82-aad-managed-identity-imds-system", "83-aad-managed-identity-imds-user"])
    func machine(name: String) async throws {
        let services = try services(name)
        let recorded = try RecordedExchange.all(in: "remote-rendering/\(name).json")[0].target
        let user = recorded.split(separator: "&").first { $0.hasPrefix("client_id=") }.map { String($0.dropFirst(10)) }
        let token = try await ManagedIdentityCredential(client: user, context(services)).token(for: Self.scope)
        #expect(token.expires > token.obtained)
        #expect(services.differences == [] && services.left == 0)
    }

    @Test(
        "a machine without identity, or no machine of Azure's at all, is told soon",
        arguments: [400, 0])
    func noMachine(status: Int) async throws {
        let transport = FakeTransport { _, _ in
            guard status > 0 else { throw TransportError(.unreachable, "no route") }
            return .answer(status, #"{"error":"invalid_request","error_description":"Identity not found"}"#)
        }
        let error = await #expect(throws: ServiceError.self) {
            try await ManagedIdentityCredential(context(transport)).token(for: Self.scope)
        }
        #expect(error?.code == .noCredential && transport.requests.count == 1)
        #expect(transport.requests[0].timeout <= .seconds(3))
    }

    @Test("a machine's identity service that is being updated is waited for")
    func updating() async throws {
        let clock = ManualClock()
        let answer = #"{"access_token":"t","expires_in":"3599","expires_on":"1800003599"}"#
        let transport = FakeTransport { _, index in index < 6 ? .answer(410) : .answer(200, answer) }
        let context = IdentityContext(transport: transport, clock: clock.clock, environment: [:])
        let token = try await ManagedIdentityCredential(context).token(for: Self.scope)
        #expect(token.expires == Date(timeIntervalSince1970: 1_800_003_599))
        #expect(clock.sleeps.reduce(0, +) >= 70)
    }

    @Test("App Service's identity is asked for as Microsoft's library does it")
    func appService() async throws {
        let recorded = try RecordedExchange.all(in: "remote-rendering/84-aad-managed-identity-appservice.json")[0]
        let services = try services("84-aad-managed-identity-appservice")
        let path = recorded.target.prefix { $0 != "?" }
        let context = context(
            services,
            [
                "IDENTITY_ENDPOINT": "http://\(recorded.host)\(path)",
                "IDENTITY_HEADER": try #require(recorded.header("X-IDENTITY-HEADER")),
            ])
        _ = try await AppServiceCredential(context).token(for: Self.scope)
        #expect(services.differences == [] && services.left == 0)
    }

    @Test("the chain takes the first way that is open, in order, and keeps to it")
    func chain() async throws {
        let transport = FakeTransport { request, _ in
            .answer(200, #"{"access_token":"\#(request.host)","expires_in":60}"#)
        }
        let secret = ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s"]
        let app = ["IDENTITY_ENDPOINT": "http://127.0.0.1:8/msi", "IDENTITY_HEADER": "h", "PATH": ""]
        for (environment, host) in [
            (secret.merging(app) { $1 }, "login.microsoftonline.com"), (app, "127.0.0.1:8"),
            (["PATH": ""], "169.254.169.254"),
            (secret.merging(["AZURE_AUTHORITY_HOST": "login.example"]) { $1 }, "login.example"),
        ] {
            let chain = DefaultCredentialChain(context(transport, environment))
            for _ in 0..<2 { #expect(try await chain.token(for: Self.scope).value.reveal() == host) }
        }
    }

    @Test("a chain without any open way gives every reason; one that is refused ends it")
    func closedChain() async throws {
        let nobody = FakeTransport { _, _ in throw TransportError(.unreachable, "no route") }
        let error = await #expect(throws: ServiceError.self) {
            try await DefaultCredentialChain(context(nobody, ["PATH": ""])).token(for: Self.scope)
        }
        #expect(error?.code == .noCredential)
        for word in [
            "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", "identity service", "IDENTITY_ENDPOINT", "az,",
        ] {
            #expect(error?.message.contains(word) == true, "\(word)")
        }
        let refusing = FakeTransport([.answer(401, #"{"error":"invalid_client","error_description":"no"}"#)])
        let secret = ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s", "PATH": ""]
        let refused = await #expect(throws: ServiceError.self) {
            try await DefaultCredentialChain(context(refusing, secret)).token(for: Self.scope)
        }
        #expect(refused?.code == .unauthorized && refusing.requests.count == 1)
    }
}
