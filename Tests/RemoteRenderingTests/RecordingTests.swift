// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import JSONRPC
import RemoteRendering
import TestFixtures
import Testing

/// Every operation sends what the official Python client sends: method, host, path, query, headers and body.
@Suite struct RecordingTests {
    typealias Call = @Sendable (RemoteRenderingClient) async throws -> Void

    /// A recording and the calls that were made for it.
    static let scenarios: [(name: String, waits: [Double], call: Call)] = [
        (
            "01-conversion-begin-minimal-accountkey", [5, 5, 5],
            { client in
                let poller = try await client.beginAssetConversion(
                    id: ClientSetup.conversion, input: ClientSetup.input, output: ClientSetup.output)
                let conversion = try await poller.result()
                #expect(conversion.output?.outputAssetUri.hasSuffix("/house.arrAsset") == true)
            }
        ),
        (
            "02-conversion-begin-all-settings-static-token", [5],
            { client in
                let sent = try JSONValue(
                    parsing: RecordedExchange.all(
                        in: "remote-rendering/02-conversion-begin-all-settings-static-token.json")[0].body)
                let settings = try #require(sent["settings"]).decode(AssetConversionSettings.self)
                let poller = try await client.beginAssetConversion(
                    id: ClientSetup.conversion, input: settings.inputLocation, output: settings.outputLocation)
                #expect(try await poller.result().status == .succeeded)
            }
        ),
        (
            "04-conversion-get", [],
            { client in
                let answer = try await client.assetConversion(ClientSetup.conversion).id
                #expect(answer == ClientSetup.conversion)
            }
        ),
        (
            "11-conversion-list-two-pages", [],
            { client in
                let answer = try await client.assetConversions().all().map(\.id)
                #expect(answer == ["c1", "c2", "c3"])
            }
        ),
        (
            "14-session-begin-accountkey", [5, 5],
            { client in
                let poller = try await client.beginRenderingSession(
                    id: ClientSetup.session, size: .standard, leaseTimeMinutes: 15)
                #expect(!poller.isDone)
                let session = try await poller.result()
                #expect(session.status == .ready && session.handshakePort == 54639 && session.hostname != nil)
            }
        ),
        (
            "15-session-begin-premium-string", [],
            { client in
                let poller = try await client.beginRenderingSession(
                    id: ClientSetup.session, size: .premium, leaseTimeMinutes: 60)
                #expect(try await poller.result().status == .ready)
            }
        ),
        ("16-session-get", [], { client in _ = try await client.renderingSession(ClientSetup.session) }),
        (
            "19-session-update", [],
            { client in
                let session = try await client.updateRenderingSession(ClientSetup.session, leaseTimeMinutes: 20)
                #expect(session.maxLeaseTimeMinutes == 20)
            }
        ),
        ("21-session-stop", [], { client in try await client.stopRenderingSession(ClientSetup.session) }),
        (
            "22-session-list-two-pages", [],
            { client in
                let answer = try await client.renderingSessions().all().count
                #expect(answer >= 2)
            }
        ),
        (
            "39-retry-429-with-retry-after-put", [15],
            { client in
                _ = try await client.beginAssetConversion(
                    id: ClientSetup.conversion, input: ClientSetup.input, output: ClientSetup.output)
            }
        ),
        (
            "42-retry-500-get-recovers", [0.8, 1.6],
            { client in
                _ = try await client.assetConversion(ClientSetup.conversion)
            }
        ),
        ("47-retry-503-post-stop", [0.8], { client in try await client.stopRenderingSession(ClientSetup.session) }),
        (
            "49-retry-429-post-stop-with-header", [2],
            { client in
                try await client.stopRenderingSession(ClientSetup.session)
            }
        ),
        (
            "60-token-cached", [],
            { client in
                for _ in 0..<3 { _ = try await client.assetConversion(ClientSetup.conversion) }
            }
        ),
        (
            "64-token-custom-authentication-endpoint", [],
            { client in
                _ = try await client.assetConversion(ClientSetup.conversion)
            }
        ),
        (
            "71-decode-loose", [],
            { client in
                let conversion = try await client.assetConversion(ClientSetup.conversion)
                #expect(conversion.status.rawValue == "Paused" && conversion.settings == nil)
            }
        ),
        (
            "77-retry-401-with-retry-after", [1],
            { client in
                _ = try await client.assetConversion(ClientSetup.conversion)
            }
        ),
    ]

    @Test("sends what the official client sends", arguments: scenarios.map(\.name))
    func sameRequests(name: String) async throws {
        let file = "remote-rendering/\(name).json"
        let scenario = try #require(Self.scenarios.first { $0.name == name })
        // The official client asks for JSON even where no body comes back, or asks for anything.
        let isStop = name.contains("stop")
        let services = try RecordedServices(
            file, comparing: isStop ? ["authorization", "content-type"] : ["authorization", "accept", "content-type"])
        let usesKey = try RecordedExchange.all(in: file)[0].host.hasPrefix("sts")
        let setup = try ClientSetup(
            services, usesKey ? .accountKey(Secret(ClientSetup.key)) : .token(try ClientSetup.token(in: file)),
            tokenEndpoint: name.hasPrefix("64") ? "https://sts.custom.example" : nil)
        try await scenario.call(setup.client)
        #expect(services.differences == [])
        #expect(services.left == 0)
        #expect(setup.clock.sleeps == scenario.waits)
    }

    @Test("ids are escaped as the official client escapes them")
    func escapes() async throws {
        let recorded = try RecordedExchange.all(in: "remote-rendering/70-client-side-checks.json")
        let transport = FakeTransport([try recorded[0].response()])
        let setup = try ClientSetup(transport)
        for id in ["a b/ü:%?#", String(repeating: "x", count: 300)] { _ = try await setup.client.assetConversion(id) }
        #expect(transport.requests.map(\.path) == recorded.prefix(2).map(\.target))
        await #expect(throws: ServiceError.self) { try await setup.client.assetConversion("") }
        #expect(transport.requests.count == 2)
    }

    @Test("every call has its own request id, as a UUID")
    func requestIDs() async throws {
        let recorded = try RecordedExchange.all(in: "remote-rendering/04-conversion-get.json")
        let transport = FakeTransport([try recorded[0].response()])
        let setup = try ClientSetup(transport)
        for _ in 0..<2 { _ = try await setup.client.assetConversion(ClientSetup.conversion) }
        let ids = transport.requests.compactMap { $0.header("x-ms-client-request-id") }
        #expect(Set(ids).count == 2 && ids.allSatisfy { UUID(uuidString: $0) != nil })
    }
}
