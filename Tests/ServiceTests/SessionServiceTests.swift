// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import Testing
import WebSocket

@testable import Service

@Suite(.serialized) struct SessionServiceTests {
    private static func body(_ minutes: Int) -> String {
        "{\"maxLeaseTimeMinutes\": \(minutes), \"size\": \"Standard\"}"
    }

    @Test("a session gets a renderer that clients can talk to, and loses it when it is stopped") func life()
        async throws
    {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            let created = try await service.call(.put, "sessions/s1", Self.body(5))
            #expect(created.status == 201 && created.json?["status"] == "Starting")
            #expect(created.json?["error"] == nil && created.json?["hostname"] == nil)
            let ready = try await service.settled("sessions/s1")
            #expect(ready["status"] == "Ready" && ready["elapsedTimeMinutes"] == 0)
            let port = try #require(ready["handshakePort"]?.intValue)
            #expect(ready["hostname"] == "127.0.0.1" && ready["arrInspectorPort"]?.intValue == port)

            let connection = try await WebSocketClient.connect(to: WebSocketEndpoint("127.0.0.1:\(port)"))
            let client = RPCClient(connection: connection)
            #expect(try await client.call("get-version").result["major"] != nil)
            await client.close()

            #expect(try await service.call(.get, "sessions").json?["sessions"]?.arrayValue?.count == 1)
            let stopped = try await service.call(.post, "sessions/s1/:stop")
            #expect(stopped.status == 204 && stopped.text.isEmpty)
            let ended = try await service.call(.get, "sessions/s1").json
            #expect(ended?["status"] == "Stopped" && ended?["handshakePort"] == nil)
            #expect(try await service.call(.get, "sessions").json?["sessions"] == [])
            await #expect(throws: (any Error).self) {
                try await WebSocketClient.connect(to: WebSocketEndpoint("127.0.0.1:\(port)"), timeout: .seconds(2))
            }
            #expect(try await service.call(.post, "sessions/s1/:stop").status == 204)
            await service.stop()
        }
    }

    @Test("a lease is extended, never shortened, and ends the session") func lease() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            _ = try await service.call(.put, "sessions/s1", Self.body(5))
            _ = try await service.settled("sessions/s1")
            let longer = try await service.call(.patch, "sessions/s1", "{\"maxLeaseTimeMinutes\": 15}")
            #expect(longer.status == 200 && longer.json?["maxLeaseTimeMinutes"] == 15)
            for minutes in [15, 3] {
                let answer = try await service.call(.patch, "sessions/s1", "{\"maxLeaseTimeMinutes\": \(minutes)}")
                #expect(answer.status == 422 && answer.json?["error"]?["code"] == "UnprocessableEntity")
            }
            // A lease of no minutes has run out at once.
            _ = try await service.call(.put, "sessions/s2", Self.body(0))
            var last: JSONValue?
            for _ in 0..<200 {
                last = try await service.call(.get, "sessions/s2").json
                if last?["status"] == "Expired" { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(last?["status"] == "Expired")
            #expect(try await service.call(.patch, "sessions/s2", "{\"maxLeaseTimeMinutes\": 9}").status == 409)
            await service.stop()
        }
    }

    @Test("the same session again is the same, another one of its id is refused") func repeated() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            #expect(try await service.call(.put, "sessions/s1", Self.body(5)).status == 201)
            #expect(try await service.call(.put, "sessions/s1", Self.body(5)).status == 200)
            #expect(try await service.call(.put, "sessions/s1", Self.body(6)).status == 409)
            await service.stop()
        }
    }

    @Test("a renderer that dies, or cannot start, ends its session with an error") func crash() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder) { $0.sessions = 1 }
            _ = try await service.call(.put, "sessions/s1", Self.body(5))
            let ready = try await service.settled("sessions/s1")
            _ = try await service.call(.put, "sessions/s2", Self.body(5))
            let refused = try await service.settled("sessions/s2")
            #expect(refused["status"] == "Error" && refused["error"]?["code"] == "NoCapacity")

            let port = try #require(ready["handshakePort"]?.intValue)
            let connection = try await WebSocketClient.connect(to: WebSocketEndpoint("127.0.0.1:\(port)"))
            let client = RPCClient(connection: connection)
            _ = try? await client.call("quit")
            await client.close()
            var last: JSONValue?
            for _ in 0..<200 {
                last = try await service.call(.get, "sessions/s1").json
                if last?["status"] != "Ready" { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(last?["status"] == "Error" && last?["error"]?["code"] == "SessionCrashed")
            await service.stop()
        }
    }

    @Test("sessions of a service that ended are told as lost by the next one") func restart() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let first = try await ServiceUnderTest(in: folder)
            _ = try await first.call(.put, "sessions/s1", Self.body(5))
            _ = try await first.settled("sessions/s1")
            let token = try await first.token()
            await first.stop()
            let second = try await ServiceUnderTest(in: folder)
            // Tokens outlive a restart.
            let path = "/accounts/\(ServiceUnderTest.account)/sessions/s1?api-version=2021-01-01"
            let answer = try await second.send(.get, path, authorization: token)
            #expect(answer.status == 200 && answer.json?["status"] == "Error")
            #expect(answer.json?["error"]?["code"] == "SessionLost")
            await second.stop()
        }
    }
}
