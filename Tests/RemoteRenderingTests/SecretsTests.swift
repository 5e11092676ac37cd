// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import RemoteRendering
import Testing

/// Keys, tokens and SAS are planted everywhere, services repeat what they get, and all logs and errors are searched.
@Suite struct SecretsTests {
    static let key = "plantedAccountKey0123456789+/=="
    static let secret = "planted~client.secret"
    static let readSAS = "?sv=2021-08-06&sr=c&sp=rl&sig=plantedReadSignature%2B%2F%3D"
    static let writeSAS = "sv=2021-08-06&sr=c&sp=cw&sig=plantedWriteSignature%2B%2F%3D"
    static let entraToken = "plantedEntraToken"
    /// A JWT that ends in 2033.
    static let token = "eyJhbGciOiJub25lIn0.eyJleHAiOjIwMDAwMDAwMDB9.plantedTokenSignature"
    static let planted = [
        key, secret, entraToken, token, "plantedReadSignature", "plantedWriteSignature", "plantedTokenSignature",
    ]

    /// Answers `status` for conversions and sessions, with everything it was sent in each text it has.
    private func service(_ status: Int, failing: String) -> FakeTransport {
        FakeTransport { request, _ in
            let sent = (request.head.headerFields.map(\.value) + [request.path, request.text]).joined(separator: " ")
            let all = sent.replacing("\\", with: "").replacing("\"", with: "'")
            let error = #"{"error":{"code":"Echo","message":"\#(all)","innerError":{"code":"x","message":"\#(all)"}}}"#
            if request.host.hasPrefix(failing) {
                return .answer(status, error, headers: [("MS-CV", "cv"), ("X-Echo", all), ("Location", all)])
            }
            switch request.host.prefix(3) {
            case "log": return .answer(200, #"{"access_token":"\#(Self.entraToken)","expires_in":3600}"#)
            case "sts": return .answer(200, #"{"AccessToken":"\#(Self.token)"}"#)
            default:
                return .answer(
                    200, #"{"id":"c1","status":"Failed","error":{"code":"ConversionFailed","message":"\#(all)"}}"#)
            }
        }
    }

    @Test(
        "no log at any level, no error and no description holds a secret",
        arguments: ["remoterendering", "sts", "login", "nothing"], [400, 401, 500, 200])
    func searched(failing: String, status: Int) async throws {
        let transport = service(status, failing: failing)
        for usesKey in [true, false] {
            let log = LogRecorder()
            let clock = ManualClock()
            let context = IdentityContext(
                transport: transport, clock: clock.clock, logger: log.logger,
                environment: [
                    "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": Self.secret,
                ])
            let setup = try client(
                transport, usesKey ? .accountKey(Secret(Self.key)) : .entra(DefaultCredentialChain(context)), log, clock
            )
            var said = ""
            do {
                let poller = try await setup.beginAssetConversion(
                    id: "c1",
                    input: AssetConversionInputSettings(
                        storageContainerURI: "https://a.example/in", relativeInputAssetPath: "x.fbx",
                        storageContainerReadListSAS: Secret(Self.readSAS)),
                    output: AssetConversionOutputSettings(
                        storageContainerURI: "https://a.example/out", storageContainerWriteSAS: Secret(Self.writeSAS)))
                said += "\(poller.value.id)"
                _ = try await poller.result()
            } catch {
                said += "\(error) \(String(reflecting: error))"
                dump(error, to: &said)
            }
            #expect(!said.isEmpty && !log.text.isEmpty)
            for word in Self.planted {
                #expect(
                    !log.text.contains(word), "\(word) is in the log: \(log.lines.first { $0.contains(word) } ?? "")")
                #expect(!said.contains(word), "\(word) is in \(said)")
            }
        }
    }

    private func client(
        _ transport: FakeTransport, _ credential: RemoteRenderingCredential, _ log: LogRecorder, _ clock: ManualClock
    ) throws -> RemoteRenderingClient {
        var options = RemoteRenderingClient.Options(transport: transport)
        (options.clock, options.logger) = (clock.clock, log.logger)
        return try RemoteRenderingClient(
            account: RemoteRenderingAccount(
                id: ClientSetup.account, domain: "d.example", endpoint: "https://remoterendering.d.example"),
            credential: credential, options: options)
    }
}
