// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import RemoteRendering
import Synchronization
import Testing

@Suite struct PollerTests {
    private func setup(
        _ statuses: [String], interval: Duration = .seconds(5)
    ) throws -> (ClientSetup, FakeTransport) {
        let transport = FakeTransport(statuses.map { .answer(200, #"{"id":"c1","status":"\#($0)"}"#) })
        return (try ClientSetup(transport, interval: interval), transport)
    }

    @Test("looks in the interval asked for until it is done", arguments: [0, 1, 7])
    func interval(pending: Int) async throws {
        let (setup, transport) = try setup(
            Array(repeating: "Running", count: pending) + ["Succeeded"], interval: .seconds(2))
        let poller = try await setup.client.conversionPoller(id: "c1")
        let looks = Mutex<[String]>([])
        let value = try await poller.result { value in looks.withLock { $0.append(value.status.rawValue) } }
        #expect(value.status == .succeeded && poller.isDone)
        #expect(setup.clock.sleeps == Array(repeating: 2.0, count: pending))
        #expect(transport.requests.count == pending + 1)
        #expect(looks.withLock { $0.count } == pending)
        _ = try await poller.result()
        #expect(transport.requests.count == pending + 1)
    }

    @Test("a deadline ends the wait before it would be passed; waiting can go on")
    func deadline() async throws {
        let (setup, transport) = try setup(Array(repeating: "NotStarted", count: 5) + ["Succeeded"])
        let poller = try await setup.client.conversionPoller(id: "c1")
        let error = await #expect(throws: RemoteRenderingError.self) { try await poller.result(within: .seconds(12)) }
        #expect(error?.code == .deadline && error?.message.contains("c1") == true)
        #expect(setup.clock.sleeps == [5, 5] && transport.requests.count == 3)
        #expect(try await poller.result().status == .succeeded)
    }

    @Test("a cancelled wait ends as cancelled")
    func cancellation() async throws {
        let (setup, _) = try setup(["Running"])
        let poller = try await setup.client.conversionPoller(id: "c1")
        let task = Task { try await poller.result() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("continuation tokens are those of the official client, and go on with one look")
    func tokens() async throws {
        let recorded =
            "MTozMGVhNjRiZC0xMDBmLTRiZjAtYWRjOS0yOWZhNDVkNDg4MGM6Y29udG9zby1jb252ZXJzaW9uLWZiYzM2NDZjLTBiOTctNDU1My04"
            + "MWNhLTZmYWUyYmZiNzU0ZQ=="
        let transport = FakeTransport([.answer(200, #"{"id":"\#(ClientSetup.conversion)","status":"Succeeded"}"#)])
        let setup = try ClientSetup(transport)
        let poller = try await setup.client.conversionPoller(continuationToken: recorded)
        #expect(poller.continuationToken == recorded)
        #expect(transport.requests.count == 1)
        #expect(transport.requests[0].path.contains(ClientSetup.conversion))
        _ = try await poller.result()
        #expect(transport.requests.count == 1)
    }

    @Test("sessions go on by token too")
    func sessionTokens() async throws {
        let (setup, _) = try setup(["Starting", "Ready", "Ready"])
        let first = try await setup.client.sessionPoller(id: "c1")
        let second = try await setup.client.sessionPoller(continuationToken: first.continuationToken)
        #expect(try await second.result().status == .ready)
    }

    @Test(
        "tokens of another version or account, and what is none, are refused",
        arguments: ["2:\(ClientSetup.account):c", "1:other:c", "1:\(ClientSetup.account):", "1:x", ""])
    func badTokens(text: String) async throws {
        let (setup, transport) = try setup(["Running"])
        for token in [Data(text.utf8).base64EncodedString(), text] {
            let error = await #expect(throws: ServiceError.self) {
                try await setup.client.sessionPoller(continuationToken: token)
            }
            #expect(error?.code == .badArgument)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test(
        "a lease is extended only when it is about to end",
        arguments: [(20, 17, 0), (20, 18, 0), (20, 19, 30), (20, 20, 30), (20, 25, 30)])
    func extends(lease: Int, elapsed: Int, expected: Int) async throws {
        let transport = FakeTransport { request, _ in
            let minutes = request.method == "PATCH" ? 30 : lease
            return .answer(
                200,
                #"{"id":"s","status":"Ready","maxLeaseTimeMinutes":\#(minutes),"elapsedTimeMinutes":\#(elapsed)}"#)
        }
        let setup = try ClientSetup(transport)
        let session = try await setup.client.extendRenderingSession("s")
        #expect(session.maxLeaseTimeMinutes == (expected == 0 ? lease : expected))
        #expect(transport.requests.map(\.method) == (expected == 0 ? ["GET"] : ["GET", "PATCH"]))
        if expected > 0 { #expect(transport.requests[1].text == #"{"maxLeaseTimeMinutes":30}"#) }
    }

    @Test("what no service could take is refused before it is sent")
    func arguments() async throws {
        let (setup, transport) = try setup(["Running"])
        let longName = AssetConversionOutputSettings(
            storageContainerURI: "https://a/b", outputAssetFilename: "house.glb")
        let withSAS = AssetConversionInputSettings(
            storageContainerURI: "https://a/b?sig=planted", relativeInputAssetPath: "x.fbx")
        let noPath = AssetConversionInputSettings(storageContainerURI: "https://a/b", relativeInputAssetPath: "")
        for (id, input, output) in [
            ("a b", ClientSetup.input, ClientSetup.output), ("", ClientSetup.input, ClientSetup.output),
            ("ok", withSAS, ClientSetup.output), ("ok", noPath, ClientSetup.output),
            ("ok", ClientSetup.input, longName),
        ] {
            let error = await #expect(throws: ServiceError.self) {
                try await setup.client.beginAssetConversion(id: id, input: input, output: output)
            }
            #expect(error?.code == .badArgument && error?.message.contains("planted") == false)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("addresses without TLS are refused but for this machine's")
    func plainHTTP() throws {
        for (endpoint, isAllowed) in [("http://127.0.0.1:9", true), ("http://render.example", false)] {
            let account = RemoteRenderingAccount(id: "a", domain: "d.example", endpoint: endpoint)
            let client = try? RemoteRenderingClient(account: account, credential: .token(Secret("t")))
            #expect((client != nil) == isAllowed)
        }
    }
}
