// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import Foundation
import HTTPFixtures
import HTTPService
import RemoteRendering
import Testing

/// Where the official client misbehaves, this one does not.
@Suite struct BetterBehaviourTests {
    private func setup(_ name: String, key: Bool = false) throws -> (ClientSetup, FakeTransport) {
        let recorded = try RecordedExchange.all(in: "remote-rendering/\(name).json")
        let transport = FakeTransport { _, index in try recorded[min(index, recorded.count - 1)].response() }
        let credential: RemoteRenderingCredential = key ? .accountKey(Secret(ClientSetup.key)) : .token(Secret("fixed"))
        return (try ClientSetup(transport, credential), transport)
    }

    @Test("a poll waits as long as the service asks")
    func retryAfterOnPolls() async throws {
        let (setup, _) = try setup("05-conversion-poller-by-id")
        let poller = try await setup.client.conversionPoller(id: ClientSetup.conversion)
        _ = try await poller.result()
        #expect(setup.clock.sleeps == [10, 10])
    }

    @Test("a conversion that failed raises its cause, whether a poll brings it or the first look")
    func failures() async throws {
        for name in ["07-conversion-fails-while-polling", "08-conversion-poller-on-already-failed"] {
            let (setup, _) = try setup(name)
            let error = await #expect(throws: RemoteRenderingError.self) {
                let poller =
                    name.hasPrefix("07")
                    ? try await setup.client.beginAssetConversion(
                        id: ClientSetup.conversion, input: ClientSetup.input, output: ClientSetup.output)
                    : try await setup.client.conversionPoller(id: ClientSetup.conversion)
                _ = try await poller.result()
            }
            #expect(error?.code == .failed && error?.body?.code == "ConversionProcessFailed")
            #expect(error?.message.contains("Invalid input") == true)
        }
    }

    @Test("Cancelled ends the wait")
    func cancelled() async throws {
        let (setup, transport) = try setup("09-conversion-cancelled-never-terminal")
        let poller = try await setup.client.conversionPoller(id: ClientSetup.conversion)
        let error = await #expect(throws: RemoteRenderingError.self) { try await poller.result() }
        #expect(error?.code == .cancelled)
        #expect(transport.requests.count <= 2)
    }

    @Test("a failed session raises, with details and inner error, also where the service says nothing")
    func sessions() async throws {
        for (name, hasBody) in [("23-session-error-with-object", true), ("24-session-error-null-object", false)] {
            let (setup, _) = try setup(name)
            let poller = try await setup.client.beginRenderingSession(
                id: ClientSetup.session, size: .standard, leaseTimeMinutes: 15)
            let error = await #expect(throws: RemoteRenderingError.self) { try await poller.result() }
            #expect(error?.code == .failed)
            #expect((error?.body != nil) == hasBody)
            if hasBody { #expect(error?.body?.code == "VMUnavailable" && error?.body?.innerError != nil) }
        }
    }

    @Test(
        "a session that ended otherwise says how",
        arguments: [
            ("Expired", RemoteRenderingError.Code.expired), ("Stopped", .cancelled), ("Dozing", .unknownStatus),
        ])
    func ends(status: String, code: RemoteRenderingError.Code) async throws {
        let setup = try ClientSetup(FakeTransport([.answer(200, #"{"id":"s","status":"\#(status)"}"#)]))
        let poller = try await setup.client.sessionPoller(id: "s")
        let error = await #expect(throws: RemoteRenderingError.self) { try await poller.result() }
        #expect(error?.code == code && error?.message.contains("s") == true)
    }

    @Test("a poller that nobody waits for asks nothing")
    func idle() async throws {
        let (setup, transport) = try setup("79-conversion-get-while-poller-runs")
        _ = try await setup.client.beginAssetConversion(
            id: ClientSetup.conversion, input: ClientSetup.input, output: ClientSetup.output)
        try await Task.sleep(for: .milliseconds(50))
        #expect(transport.requests.count == 1)
    }

    @Test("a 401 in the middle is answered with one fresh token within the same call")
    func renewal() async throws {
        let services = try RecordedServices("remote-rendering/32-error-401-then-new-token.json")
        let setup = try ClientSetup(services, .accountKey(Secret(ClientSetup.key)))
        #expect(try await setup.client.assetConversion(ClientSetup.conversion).status == .running)
        #expect(services.differences == [] && services.left == 0)
    }

    @Test("a 401 of a static token is an error with status, correlation and request id")
    func refusedToken() async throws {
        let (setup, transport) = try setup("31-error-401-arr")
        let error = await #expect(throws: ServiceError.self) {
            try await setup.client.assetConversion(ClientSetup.conversion)
        }
        #expect(error?.code == .unauthorized && error?.status == 401 && error?.correlation != nil)
        #expect(error?.requestID != nil && transport.requests.count == 1)
    }

    @Test(
        "a token service that fails is asked in one layer of tries",
        arguments: [("66-sts-500-exhausted", 500, 4), ("33-error-401-sts", 401, 1)])
    func tokenService(name: String, status: Int, tries: Int) async throws {
        for stops in [false, true] {
            let (setup, transport) = try setup(name, key: true)
            let error = await #expect(throws: ServiceError.self) {
                if stops {
                    try await setup.client.stopRenderingSession("s")
                } else {
                    _ = try await setup.client.assetConversion("c")
                }
            }
            #expect(error?.status == status && error?.message.contains("token service") == true)
            #expect(transport.requests.count == tries)
        }
    }

    @Test("a 403 of the token service is not asked again")
    func forbidden() async throws {
        let transport = FakeTransport([.answer(403)])
        let setup = try ClientSetup(transport, .accountKey(Secret("k")))
        await #expect(throws: ServiceError.self) { try await setup.client.assetConversion("c") }
        #expect(transport.requests.count == 1)
    }

    @Test("a token of 200 seconds serves a whole poll")
    func shortToken() async throws {
        let recorded = try RecordedExchange.all(in: "remote-rendering/69-sts-token-expires-during-poll.json")
        let rendering = recorded.filter { $0.host.hasPrefix("remote") }
        let transport = FakeTransport { request, index in
            try request.host.hasPrefix("sts")
                ? recorded[0].response() : rendering[index - 1].response()
        }
        let setup = try ClientSetup(transport, .accountKey(Secret(ClientSetup.key)))
        setup.clock.advance(.seconds(recorded[0].life - 200))
        let poller = try await setup.client.beginAssetConversion(
            id: ClientSetup.conversion, input: ClientSetup.input, output: ClientSetup.output)
        _ = try await poller.result()
        #expect(transport.requests.filter { $0.host.hasPrefix("sts") }.count == 1)
    }

    @Test("a token that is no JWT is told as such")
    func noJWT() async throws {
        let (setup, _) = try setup("62-token-sts-not-a-jwt", key: true)
        let error = await #expect(throws: ServiceError.self) { try await setup.client.assetConversion("c") }
        #expect(error?.code == .unreadable && error?.message.contains("no JWT") == true)
        #expect(error?.message.contains("opaque") == false)
    }

    @Test("a refusal as HTML keeps its status, and HTML instead of JSON is told as such")
    func html() async throws {
        let (refused, _) = try setup("74-error-500-html")
        let error = await #expect(throws: ServiceError.self) {
            try await refused.client.beginAssetConversion(
                id: ClientSetup.conversion, input: ClientSetup.input, output: ClientSetup.output)
        }
        #expect(error?.status == 400 && error?.message.contains("HTML") == true)
        let (odd, _) = try setup("72-decode-not-json")
        let unreadable = await #expect(throws: ServiceError.self) { try await odd.client.assetConversion("c") }
        #expect(unreadable?.code == .unreadable && unreadable?.status == 200)
    }

    @Test("neither links nor redirects to another host get the token")
    func foreign() async throws {
        let (lists, listTransport) = try setup("76-list-nextlink-other-host")
        let error = await #expect(throws: ServiceError.self) { try await lists.client.assetConversions().all() }
        #expect(error?.code == .foreignLink && listTransport.requests.count == 1)
        let (moved, movedTransport) = try setup("75-redirect-307")
        let redirect = await #expect(throws: ServiceError.self) { try await moved.client.assetConversion("c") }
        #expect(redirect?.status == 307 && movedTransport.requests.count == 1)
        #expect(redirect?.message.contains("second.eastus.mixedreality.azure.com") == true)
    }

    @Test(
        "refusals keep their code, target, details and inner error",
        arguments: [
            ("30-error-400-create-session", 400, "BadRequest"),
            ("34-error-403-storage", 403, "DelegatedResourceAccessError"),
            ("35-error-404-get", 404, nil), ("37-error-409-create", 409, "Conflict"),
            ("38-error-422-update", 422, "UnprocessableEntity"),
        ])
    func refusals(name: String, status: Int, code: String?) async throws {
        let (setup, transport) = try setup(name)
        let error = await #expect(throws: ServiceError.self) {
            switch status {
            case 400:
                _ = try await setup.client.beginRenderingSession(
                    id: ClientSetup.session, size: .standard, leaseTimeMinutes: -4)
            case 404: _ = try await setup.client.assetConversion(ClientSetup.conversion)
            case 422: _ = try await setup.client.updateRenderingSession(ClientSetup.session, leaseTimeMinutes: 10)
            default:
                _ = try await setup.client.beginAssetConversion(
                    id: ClientSetup.conversion, input: ClientSetup.input, output: ClientSetup.output)
            }
        }
        #expect(error?.status == status && error?.body?.code == code && transport.requests.count == 1)
        if status == 422 { #expect(error?.body?.target != nil && error?.body?.innerError != nil) }
    }

    @Test("a PUT whose first answer was lost takes what it created")
    func lostAnswer() async throws {
        let transport = FakeTransport { request, index in
            switch index {
            case 0: throw TransportError(.broken, "closed")
            case 1: .answer(409, #"{"error":{"code":"Conflict","message":"there"}}"#)
            default: .answer(200, #"{"id":"mine","status":"Starting"}"#)
            }
        }
        let setup = try ClientSetup(transport)
        let poller = try await setup.client.beginRenderingSession(id: "mine", size: .standard, leaseTimeMinutes: 5)
        #expect(poller.value.id == "mine")
        #expect(transport.requests.map(\.method) == ["PUT", "PUT", "GET"])
    }
}

extension RecordedExchange {
    /// Seconds that the recorded token lives after the clock's start.
    var life: Double {
        let token = answer.split(separator: "\"").first { $0.hasPrefix("eyJ") }.map(String.init) ?? ""
        return JSONWebToken.expiry(of: token).map { $0.timeIntervalSince(ClientSetup.recorded) } ?? 0
    }
}
