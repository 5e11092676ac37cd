// SPDX-License-Identifier: Apache-2.0
import HTTPFixtures
import HTTPService
import HTTPTypes
import JSONRPC
import Synchronization
import Testing

@testable import OmniverseServices

/// An application that answers with what it was asked.
private struct Echo: ServiceApplication {
    var status = 200

    func respond(to request: WireRequest) async -> ServiceReply {
        guard request.target != "/openapi.json" else { return ServiceReply(status: 404, bytes: []) }
        if request.target == "/old" {
            return ServiceReply(status: 307, headers: [.location: "/new"], bytes: [])
        }
        let value: JSONValue = [
            "method": .string(request.method.rawValue), "target": .string(request.target),
            "body": .string(String(decoding: request.body ?? [], as: UTF8.self)),
        ]
        return ServiceReply(
            status: status, headers: [.contentType: "application/json"], bytes: value.serializedUTF8())
    }
}

@Suite struct AsyncClientTests {
    @Test("a chain that is kept stays what it is")
    func values() async throws {
        let client = try AsyncClient(uri: "local://", application: Echo())
        let foo = client.foo
        let (a, b) = (try await foo.a.get(), try await foo.b.get())
        #expect(a["target"] == "/foo/a" && b["target"] == "/foo/b")
    }

    @Test(
        "the address's path begins every call, with no slash doubled",
        arguments: [
            ("local:///bar", "/bar/foo/ping"), ("local:///bar/", "/bar/foo/ping"), ("local://", "/foo/ping"),
            ("local:///v1/x", "/v1/x/foo/ping"),
        ])
    func base(uri: String, target: String) async throws {
        let client = try AsyncClient(uri: uri, application: Echo())
        #expect(try await client.foo.ping()["target"]?.stringValue == target)
    }

    @Test(
        "addresses that cannot be called are refused when the client is made",
        arguments: [
            ("host:8011", OmniverseError.Code.badAddress), ("", .badAddress), ("://x", .badAddress),
            ("ftp://host/x", .transportNotFound), ("http://host/x?a=b", .badAddress), ("local://", .badAddress),
            ("http://", .badAddress),
        ])
    func addresses(uri: String, code: OmniverseError.Code) {
        let error = #expect(throws: OmniverseError.self) { try AsyncClient(uri: uri) }
        #expect(error?.code == code)
    }

    @Test("another scheme can be registered, and taken away again")
    func registry() throws {
        TransportRegistry.register("spy") { (_, _) throws(OmniverseError) in LocalTransport(application: Echo()) }
        #expect(TransportRegistry.schemes.contains("spy"))
        _ = try AsyncClient(uri: "spy://anything/base")
        TransportRegistry.unregister("spy")
        #expect(throws: OmniverseError.self) { try AsyncClient(uri: "spy://anything") }
    }

    @Test("local and http give the same replies and the same errors", arguments: [200, 404, 417, 500])
    func equal(status: Int) async throws {
        let application = Echo(status: status)
        let transport = FakeTransport { request, _ in
            let reply = await application.respond(
                to: WireRequest(
                    method: request.head.method, target: request.path, headers: request.head.headerFields,
                    body: request.body.isEmpty ? nil : request.body))
            let headers = reply.headers.map { (name: $0.name.rawName, value: $0.value) }
            return .answer(reply.status, reply.json?.serialized() ?? "", headers: headers)
        }
        let options = AsyncClientOptions()
        let http = try HTTPServiceTransport(origin: "http://127.0.0.1:1", transport: transport, options: options)
        let clients = [
            try AsyncClient(uri: "local://", application: application),
            AsyncClient(core: ClientCore(base: "", transport: http, options: options)),
        ]
        var outcomes: [JSONValue?] = []
        for client in clients {
            do {
                outcomes.append(try await client.render.start.post(stage: "a", size: [1, 2]).json)
                #expect(status == 200)
            } catch let error as OmniverseError {
                #expect(error.status == status && error.code == (status == 404 ? .notFound : .refused))
                #expect(error.message.contains("\(status)") && error.message.contains("/render/start"))
                outcomes.append(error.reply?.json)
            }
        }
        #expect(outcomes[0] == outcomes[1] && outcomes[0]?["body"] == #"{"size":[1,2],"stage":"a"}"#)
    }

    @Test("a status is not thrown where that is not wanted")
    func quiet() async throws {
        var options = AsyncClientOptions()
        options.throwsForStatus = false
        let client = try AsyncClient(uri: "local://", application: Echo(status: 503), options: options)
        #expect(try await client.render.post().status == 503)
    }

    @Test("redirects are followed with method and body; one that goes round ends")
    func redirects() async throws {
        let client = try AsyncClient(uri: "local://", application: Echo())
        let reply = try await client.old.post(a: 1)
        #expect(reply["target"] == "/new" && reply["method"] == "POST" && reply["body"] == #"{"a":1}"#)
        struct Circle: ServiceApplication {
            func respond(to request: WireRequest) async -> ServiceReply {
                ServiceReply(status: 307, headers: [.location: "/again"], bytes: [])
            }
        }
        let circle = try AsyncClient(uri: "local://", application: Circle())
        let error = await #expect(throws: OmniverseError.self) { try await circle.a.get() }
        #expect(error?.code == .redirected)
    }

    @Test("a value of a type goes in and comes out")
    func typed() async throws {
        struct Arguments: Encodable { var stage = "s" }
        struct Answer: Decodable { var body: String }
        let client = try AsyncClient(uri: "local://", application: Echo())
        let answer = try await client.call(client.capture.post, with: Arguments(), as: Answer.self)
        #expect(answer.body == #"{"stage":"s"}"#)
        struct Other: Decodable { var missing: Int }
        let error = await #expect(throws: OmniverseError.self) {
            try await client.call(client.capture.post, with: Arguments(), as: Other.self)
        }
        #expect(error?.code == .unreadable)
    }

    @Test("raw calls carry text, any JSON and a query")
    func raw() async throws {
        let client = try AsyncClient(uri: "local://", application: Echo())
        #expect(try await client.x.post(__raw__: true, json: [1, 2])["body"] == "[1,2]")
        let reply = try await client.x.post(__raw__: true, data: "abc", params: ["q": "a b"])
        #expect(reply["body"] == "abc" && reply["target"] == "/x?q=a%20b")
        await #expect(throws: OmniverseError.self) { try await client.x.post(__raw__: true, other: 1) }
    }

    @Test("exact names keep their underscores, and reach what the client hides")
    func exact() async throws {
        let client = try AsyncClient(uri: "local://", application: Echo())
        #expect(try await client["snake_case"]["stop"].get()["target"] == "/snake_case/stop")
    }

    @Test("a client that was stopped says so")
    func stopped() async throws {
        let client = try AsyncClient(uri: "local://", application: Echo())
        client.stop()
        let error = await #expect(throws: OmniverseError.self) { try await client.a.get() }
        #expect(error?.code == .stopped)
    }

    @Test("headers that are none are refused")
    func headers() async throws {
        let client = try AsyncClient(uri: "local://", application: Echo())
        for headers in [["a b": "c"], ["a": "x\r\ny: z"], ["a": [1]]] as [JSONValue] {
            await #expect(throws: OmniverseError.self) { try await client.a.get(headers: headers) }
        }
    }
}
