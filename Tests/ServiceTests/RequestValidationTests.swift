// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import Testing

@testable import Service

@Suite(.serialized) struct RequestValidationTests {
    @Test("without a right token nothing is told") func unauthorized() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            let path = "/accounts/\(ServiceUnderTest.account)/sessions?api-version=2021-01-01"
            for token in [nil, "", "nonsense", "a.b.c"] as [String?] {
                let answer = try await service.send(.get, path, authorization: token)
                #expect(answer.status == 401 && answer.text.isEmpty)
            }
            let sts = "/accounts/\(ServiceUnderTest.account)/token?api-version=2019-02-28-preview"
            for credential in ["x", "\(ServiceUnderTest.account):wrong-key-0123456789", ":"] {
                #expect(try await service.send(.get, sts, authorization: credential).status == 401)
            }
            let other = "/accounts/00000000-100f-4bf0-adc9-29fa45d4880c/sessions?api-version=2021-01-01"
            #expect(try await service.send(.get, other, authorization: try await service.token()).status == 403)
            await service.stop()
        }
    }

    @Test("requests that make no sense are refused with code, message and target") func badRequests() async throws {
        let session = "{\"maxLeaseTimeMinutes\": 5, \"size\": \"Standard\"}"
        let good = ServiceUnderTest.conversion("box.gltf")
        let cases: [(HTTPRequest.Method, String, String, Int, String)] = [
            (.put, "sessions/s", "{", 400, "JSON"), (.put, "sessions/s", "[]", 400, ""),
            (.put, "sessions/s", "{\"size\": \"Standard\"}", 400, "maxLeaseTimeMinutes"),
            (.put, "sessions/s", session.replacing("5", with: "-4"), 400, "cannot be negative"),
            (.put, "sessions/s", session.replacing("5", with: "1441"), 400, "1440"),
            (.put, "sessions/s", session.replacing("5", with: "\"5\""), 400, "maxLeaseTimeMinutes"),
            (.put, "sessions/s", session.replacing("Standard", with: "Huge"), 400, "Can't specify this VM size: Huge"),
            (.put, "sessions/a%20b", session, 400, "letters"),
            (.put, "sessions/" + String(repeating: "a", count: 257), session, 400, "256"),
            (.put, "conversions/c", good.replacing("box.gltf", with: "../../etc/passwd"), 400, "container"),
            (.put, "conversions/c", good.replacing("box.gltf", with: ""), 400, "empty"),
            (.put, "conversions/c", good.replacing("/out", with: "/elsewhere"), 403, "DelegatedResourceAccessError"),
            (
                .put, "conversions/c",
                ServiceUnderTest.conversion("a.fbx", output: ", \"outputAssetFilename\": \"a.glb\""), 400, ".arrAsset"
            ),
            (.put, "conversions/c", "{\"settings\": {}}", 400, "inputLocation"),
            (.patch, "sessions/none", "{\"maxLeaseTimeMinutes\": 9}", 404, ""), (.get, "sessions/none", "", 404, ""),
            (.get, "conversions/none", "", 404, ""), (.post, "sessions/none/:stop", "", 404, ""),
            (.get, "conversions?continuation=x", "", 400, "continuation"),
            (.put, "conversions/c", String(repeating: " ", count: 1 << 20) + good, 413, "1048576"),
        ]
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            for (method, path, body, status, words) in cases {
                let answer = try await service.call(method, path, body.isEmpty ? nil : body)
                #expect(
                    answer.status == status && (words.isEmpty || answer.text.contains(words)),
                    "\(method) \(path) \(body.prefix(80)): \(answer)")
                #expect(status == 404 || answer.json?["error"]?["code"] != nil)
                #expect(answer.fields[.msCV]?.hasSuffix(".0") == true)
            }
            let token = try await service.token()
            for query in ["", "?api-version=2020-01-01"] {
                let answer = try await service.send(
                    .get, "/accounts/\(ServiceUnderTest.account)/sessions\(query)", authorization: token)
                #expect(answer.status == 400 && answer.json?["error"]?["target"] == "api-version")
            }
            await service.stop()
        }
    }

    @Test("the service tells how it is") func health() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            for path in ["/health", "/ready", "/status"] {
                #expect(try await service.send(.get, path, authorization: nil).json == "OK")
            }
            let metrics = try await service.send(.get, "/metrics", authorization: nil).text
            #expect(metrics.contains("darkroom_http_requests_total{method=\"GET\",status=\"200\"} 3"))
            await service.stop()
        }
    }

    @Test("an address that is taken is said in one sentence") func addressTaken() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            var host = HostOptions()
            host.port = service.port
            let error = await #expect(throws: HostError.self) {
                try await ServiceUnderTest(in: folder + "/second", host: host)
            }
            #expect(error?.code == .environment && error?.message.contains("\(service.port)") == true)
            await service.stop()
        }
    }
}
