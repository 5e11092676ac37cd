// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import HTTPFixtures
import HTTPService
import HTTPTypes
import JSONRPC
import Testing

/// Routes that no Core at hand answers with more than a refusal: what is sent, by the guide and Core's source.
@Suite struct UnrecordedTests {
    typealias Call = @Sendable (CoreClient) async throws -> Void
    static let node = CoreClusterNodeAddress(address: "http://b:8080", username: "u", password: Secret("geheim"))

    static let calls: [(expected: String, answer: String, call: Call)] = [
        (
            "GET /api/v3/skills/reload", #"{"ffmpeg":{"version":"5"}}"#,
            { client in
                let version = try await client.reloadSkills().ffmpeg?.version
                #expect(version == "5")
            }
        ),
        ("POST /api/v3/cluster/node", #""OK""#, { try await $0.addClusterNode(node) }),
        ("PUT /api/v3/cluster/node/n%2F1", #""OK""#, { try await $0.changeClusterNode("n/1", node) }),
        ("DELETE /api/v3/cluster/node/n1", #""OK""#, { try await $0.deleteClusterNode("n1") }),
        (
            "GET /api/v3/cluster/node/n1/proxy", #"{"files":[]}"#,
            { client in
                let files = try await client.clusterNodeProxy("n1")["files"]
                #expect(files == [])
            }
        ),
        (
            "GET /api/v3/process/p/playout/i/status", #"{"id":"i","queue":1.0,"swap":{"lasturl":"a"}}"#,
            { client in
                let address = try await client.playoutStatus("p", input: "i").swap?.lasturl
                #expect(address == "a")
            }
        ),
        ("GET /api/v3/process/p/playout/i/reopen", "", { try await $0.reopenPlayout("p", input: "i") }),
        (
            "GET /api/v3/process/p/playout/i/keyframe/key.jpg", "JPEG",
            { client in
                let picture = try await client.playoutKeyframe("p", input: "i", name: "key.jpg")
                #expect(picture == Array("JPEG".utf8))
            }
        ),
        (
            "GET /api/v3/process/p/playout/i/errorframe/encode", "",
            { try await $0.encodePlayoutErrorFrame("p", input: "i") }
        ),
        (
            "POST /api/v3/process/p/playout/i/errorframe/e.png application/octet-stream PNG", "",
            { try await $0.setPlayoutErrorFrame("p", input: "i", name: "e.png", picture: Array("PNG".utf8)) }
        ),
        (
            "PUT /api/v3/process/p/playout/i/stream text/plain rtmp://a", "",
            { try await $0.setPlayoutStream("p", input: "i", address: "rtmp://a") }
        ),
    ]

    @Test("sends what the guide lists", arguments: calls.map(\.expected))
    func sends(expected: String) async throws {
        let call = try #require(Self.calls.first { $0.expected == expected })
        let setup = try CoreSetup(200, call.answer)
        try await call.call(setup.client)
        let request = try #require(setup.transport.requests.first)
        var sent = "\(request.head.method.rawValue) \(request.path)"
        if let type = request.header("content-type"), type != "application/json" { sent += " \(type) \(request.text)" }
        #expect(sent == expected)
    }

    @Test("the password of another node is sent, and in no log")
    func secrets() async throws {
        let setup = try CoreSetup(400, #"{"code":400,"message":"bad","details":["no geheim here"]}"#)
        await #expect { try await setup.client.addClusterNode(Self.node) } throws: { error in
            (error as? ServiceError)?.status == 400 && !"\(error)".contains("geheim")
        }
        #expect(setup.transport.requests[0].text.contains(#""password":"geheim""#))
        #expect(!setup.log.text.contains("geheim"))
    }
}
