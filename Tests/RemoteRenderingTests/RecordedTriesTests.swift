// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import RemoteRendering
import Testing

/// Recordings in which something goes wrong on the way: the same tries as the official client's, with waits of our own.
@Suite struct RecordedTriesTests {
    @Test(
        "what fails for good fails after the recorded tries",
        arguments: [
            ("43-retry-500-exhausted", 500, [0.8, 1.6, 3.2]), ("46-retry-408-patch", 408, []),
            ("54-retry-connection-closed-get", 0, [0.8, 1.6, 3.2]),
            ("78-retry-429-exhausted-put-no-header", 429, [0.8, 1.6, 3.2]),
        ] as [(String, Int, [Double])])
    func exhausted(name: String, status: Int, waits: [Double]) async throws {
        let file = "remote-rendering/\(name).json"
        let services = try RecordedServices(
            file, comparing: status == 0 ? [] : ["authorization", "accept", "content-type"])
        let token = status == 0 ? Secret("fixed") : try ClientSetup.token(in: file)
        let setup = try ClientSetup(services, .token(token))
        let error = await #expect(throws: ServiceError.self) {
            switch name.prefix(2) {
            case "46": _ = try await setup.client.updateRenderingSession(ClientSetup.session, leaseTimeMinutes: 20)
            case "78":
                _ = try await setup.client.beginAssetConversion(
                    id: ClientSetup.conversion, input: ClientSetup.input, output: ClientSetup.output)
            default: _ = try await setup.client.assetConversion(ClientSetup.conversion)
            }
        }
        #expect(error?.status == (status == 0 ? nil : status) && error?.tries == waits.count + 1)
        #expect(services.left == 0 && setup.clock.sleeps == waits)
        // Of requests that got no answer the recording holds no more than the method.
        if status != 0 { #expect(services.differences == []) }
    }

    @Test("a Retry-After that is a date is waited for")
    func date() async throws {
        let file = "remote-rendering/51-retry-after-http-date.json"
        let services = try RecordedServices(file)
        let setup = try ClientSetup(services, .token(try ClientSetup.token(in: file)))
        let date = try #require(
            try RecordedExchange.all(in: file)[0].answerHeaders.first { $0.name == "Retry-After" }
                .flatMap { HTTPDate.date($0.value) })
        setup.clock.advance(.seconds(date.timeIntervalSince(ClientSetup.recorded) - 7))
        #expect(try await setup.client.assetConversion(ClientSetup.conversion).status == .running)
        #expect(services.differences == [] && services.left == 0)
        #expect(setup.clock.sleeps.count == 1 && abs(setup.clock.sleeps[0] - 7) < 0.01)
    }

    @Test("a poller goes on by its token, asks for its session alone, and knows an update without lease as a look")
    func sessions() async throws {
        let file = "remote-rendering/18-session-poller-by-token.json"
        let services = try RecordedServices(file)
        let setup = try ClientSetup(services, .token(try ClientSetup.token(in: file)), interval: .seconds(2))
        let first = try await setup.client.sessionPoller(id: ClientSetup.session)
        let second = try await setup.client.sessionPoller(continuationToken: first.continuationToken)
        // The official poller looks once more before it waits for the first time.
        _ = try await setup.client.renderingSession(ClientSetup.session)
        #expect(try await second.result().status == .ready)
        #expect(try await setup.client.renderingSession(ClientSetup.session).handshakePort != nil)
        #expect(services.differences == [] && services.left == 0 && setup.clock.sleeps == [2])

        let look = try RecordedServices("remote-rendering/20-session-update-without-lease.json")
        let token = try ClientSetup.token(in: "remote-rendering/20-session-update-without-lease.json")
        _ = try await ClientSetup(look, .token(token)).client.renderingSession(ClientSetup.session)
        #expect(look.differences == [] && look.left == 0)
    }

    @Test("a token is asked for as the official token client does it")
    func token() async throws {
        let services = try RecordedServices("remote-rendering/65-sts-client-get-token.json")
        let setup = try ClientSetup(services, .accountKey(Secret(ClientSetup.key)))
        // Nothing was recorded behind the token.
        await #expect(throws: ServiceError.self) { try await setup.client.assetConversion(ClientSetup.conversion) }
        #expect(services.left == 0 && services.differences.count == 1)
    }
}
