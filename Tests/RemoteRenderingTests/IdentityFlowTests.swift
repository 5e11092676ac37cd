// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import Foundation
import HTTPFixtures
import HTTPService
import RemoteRendering
import TestFixtures
import Testing

/// From each kind of identity over the token service to the account, as the official client goes.
@Suite struct IdentityFlowTests {
    private static let tenant = "00000000-0000-0000-0000-0000000000aa"
    private static let client = "00000000-0000-0000-0000-0000000000bb"

    static let flows = [
        "80-aad-client-secret", "81-aad-workload-identity", "82-aad-managed-identity-imds-system",
        "83-aad-managed-identity-imds-user", "84-aad-managed-identity-appservice", "85-aad-azure-cli",
    ]

    /// The exchanges of a recording, but for looking up addresses that are known.
    private func services(_ name: String) throws -> RecordedServices {
        try RecordedServices(
            "remote-rendering/\(name).json",
            comparing: ["authorization", "content-type", "metadata", "x-identity-header"], decoding: true
        ) { $0.target.contains("openid-configuration") || $0.target.contains("discovery") }
    }

    private func credential(
        _ name: String, _ services: RecordedServices, tokenFile: URL
    ) throws -> any EntraCredential {
        let recorded = try RecordedExchange.all(in: "remote-rendering/\(name).json")
        func member(_ key: String) -> String {
            let text = recorded.map(\.body).first { $0.contains("\(key)=") } ?? ""
            let value = text.split(separator: "&").first { $0.hasPrefix("\(key)=") }?.dropFirst(key.count + 1)
            return value.flatMap { PercentEncoding.decode($0.replacing("+", with: " ")) } ?? ""
        }
        var environment = ["AZURE_TENANT_ID": Self.tenant, "AZURE_CLIENT_ID": Self.client]
        func context() -> IdentityContext {
            IdentityContext(
                transport: services, clock: ManualClock(ClientSetup.recorded).clock, environment: environment)
        }
        switch name.prefix(2) {
        case "80":
            environment["AZURE_CLIENT_SECRET"] = member("client_secret")
            return try ClientSecretCredential(context())
        case "81":
            try Data(member("client_assertion").utf8).write(to: tokenFile)
            environment["AZURE_FEDERATED_TOKEN_FILE"] = tokenFile.path
            return try WorkloadIdentityCredential(context())
        case "82":
            // Its client is one that the machine was given, not one of the environment.
            environment = [:]
            return ManagedIdentityCredential(client: nil, context())
        case "83":
            let parts = recorded[0].target.split(separator: "client_id=")
            return ManagedIdentityCredential(client: parts.last.map { String($0.prefix { $0 != "&" }) }, context())
        case "84":
            environment = [:]
            environment["IDENTITY_ENDPOINT"] = "http://\(recorded[0].host)\(recorded[0].target.prefix { $0 != "?" })"
            environment["IDENTITY_HEADER"] = recorded[0].header("X-IDENTITY-HEADER")
            return try AppServiceCredential(context())
        default:
            // What the stand-in of the command line says; what it is asked for its own tests show.
            environment = ["PATH": "\(Fixtures.url("identity").path):/usr/bin:/bin"]
            environment["TEST_SCRIPT"] = #"echo '{"accessToken":"fake-cli-aad-token","expires_on":1895250757}'"#
            return AzureCLICredential(context())
        }
    }

    @Test("an identity's token is exchanged once, and opens the account", arguments: flows)
    func flow(name: String) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("token-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let services = try services(name)
        let setup = try ClientSetup(services, .entra(try credential(name, services, tokenFile: file)))
        for _ in 0..<2 {
            #expect(try await setup.client.assetConversion(ClientSetup.conversion).id == ClientSetup.conversion)
        }
        #expect(services.differences == [] && services.left == 0)
    }

    @Test("a token service that knows no role of the identity is asked once, where the official client asks four times")
    func noRole() async throws {
        let services = try services("90-aad-sts-403")
        let secret = try RecordedExchange.all(in: "remote-rendering/90-aad-sts-403.json").map(\.body)
            .first { $0.contains("client_secret=") }.flatMap { body in
                body.split(separator: "&").first { $0.hasPrefix("client_secret=") }?.dropFirst(14)
            }
        let context = IdentityContext(
            transport: services, clock: ManualClock(ClientSetup.recorded).clock,
            environment: [
                "AZURE_TENANT_ID": Self.tenant, "AZURE_CLIENT_ID": Self.client,
                "AZURE_CLIENT_SECRET": secret.flatMap { PercentEncoding.decode($0) } ?? "",
            ])
        let setup = try ClientSetup(services, .entra(try ClientSecretCredential(context)))
        let error = await #expect(throws: ServiceError.self) {
            try await setup.client.assetConversion(ClientSetup.conversion)
        }
        #expect(error?.status == 403 && error?.message.contains("token service") == true)
        #expect(services.differences == [] && services.left == 3)
    }

    @Test("a workload whose token file is gone says which file")
    func noFile() async throws {
        let transport = FakeTransport([.answer(500)])
        let context = IdentityContext(
            transport: transport,
            environment: [
                "AZURE_TENANT_ID": Self.tenant, "AZURE_CLIENT_ID": Self.client,
                "AZURE_FEDERATED_TOKEN_FILE": "/no/such/token",
            ])
        let setup = try ClientSetup(transport, .entra(try WorkloadIdentityCredential(context)))
        let error = await #expect(throws: ServiceError.self) { try await setup.client.assetConversion("c") }
        #expect(error?.message.contains("/no/such/token") == true && transport.requests.isEmpty)
    }
}
