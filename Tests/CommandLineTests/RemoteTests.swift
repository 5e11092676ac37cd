// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import JSONRPC
import Synchronization
import Testing

/// `darkroom remote` against a service of the test's own.
@Suite struct RemoteTests {
    static let account = "30ea64bd-100f-4bf0-adc9-29fa45d4880c"
    static let key = "plantedAccountKey=="
    static let sas = "sv=2021-08-06&sig=plantedSignature%2B"
    /// A JWT that ends in 2033.
    static let token = "eyJhbGciOiJub25lIn0.eyJleHAiOjIwMDAwMDAwMDB9.x"

    /// Tokens for the right key; conversions and sessions that are pending for one look.
    private static func answer(
        _ request: FakeTransport.Request, looks: Int, _ ending: String
    ) -> LoopbackServer.Answer {
        let path = request.path.prefix { $0 != "?" }
        func json(_ status: Int, _ text: String) -> LoopbackServer.Answer {
            LoopbackServer.Answer(status, headers: [("MS-CV", "cv.0")], body: Array(text.utf8))
        }
        if path.hasSuffix("/token") {
            guard request.header("Authorization") == "Bearer \(account):\(key)" else { return json(401, "") }
            return json(200, #"{"AccessToken":"\#(token)"}"#)
        }
        guard request.header("Authorization") == "Bearer \(token)" else { return json(401, "") }
        let name = path.split(separator: "/").last ?? ""
        switch (request.method, path.contains("/sessions")) {
        case ("POST", _): return json(name == ":stop" ? 204 : 400, "")
        case ("PATCH", _): return json(200, #"{"id":"\#(name)","status":"Ready","maxLeaseTimeMinutes":30}"#)
        case (_, true) where name == "sessions": return json(200, #"{"sessions":[{"id":"s1","status":"Ready"}]}"#)
        case (_, true):
            let status = looks < 1 ? "Starting" : ending
            return json(
                200, #"{"id":"\#(name)","status":"\#(status)","maxLeaseTimeMinutes":20,"elapsedTimeMinutes":5}"#)
        case _ where name == "conversions":
            return json(
                200,
                #"{"conversions":[{"id":"a","status":"Succeeded"},{"id":"b","status":"Running"}],"@nextLink":null}"#)
        case _ where name == "missing": return json(404, #"{"error":{"code":"NotFound","message":"no such thing"}}"#)
        default:
            return json(200, #"{"id":"\#(name)","status":"\#(looks < 1 ? "NotStarted" : ending)","error":null}"#)
        }
    }

    private func run(
        _ arguments: [String], ending: String = "Succeeded", key: String = Self.key
    ) async throws -> (result: Program.Result, requests: [FakeTransport.Request]) {
        let requests = Mutex<[FakeTransport.Request]>([])
        let result = try await LoopbackServer.with({ request in
            let looks = requests.withLock { requests in
                requests.append(request)
                return requests.filter { $0.method == "GET" && !$0.path.contains("/token") }.count - 1
            }
            return Self.answer(request, looks: looks, ending)
        }) { server in
            var program = Program(
                arguments: ["remote"] + arguments + ["--endpoint", server.address, "--interval", "10ms", "--json"])
            program.environment = [
                "PATH": "/usr/bin:/bin", "AZURE_REMOTE_RENDERING_ACCOUNT_ID": Self.account,
                "AZURE_REMOTE_RENDERING_ACCOUNT_KEY": key, "DARKROOM_INPUT_SAS": Self.sas,
            ]
            let started = program
            // The server needs this task's thread while the program runs.
            return try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try started.run(within: 60) }) }
            }
        }
        return (result, requests.withLock { $0 })
    }

    private func lines(_ result: Program.Result) throws -> [JSONValue] {
        try result.outputText.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    @Test("a conversion is started, waited for and printed; the SAS goes to the service and nowhere else")
    func convert() async throws {
        let (result, requests) = try await run([
            "convert", "house.fbx", "--input", "https://a.example/in", "--input-prefix", "models", "--id", "c1",
            "--output-name", "x.arrAsset", "--log-level", "trace",
        ])
        #expect(result.code == 0, "\(result.talk)")
        let printed = try lines(result)
        #expect(printed.count == 1 && printed[0]["status"] == "Succeeded" && printed[0]["id"] == "c1")
        let sent = try JSONValue(parsing: requests.first { $0.method == "PUT" }?.text ?? "")
        #expect(sent["settings"]?["inputLocation"]?["storageContainerReadListSas"]?.stringValue == Self.sas)
        #expect(sent["settings"]?["outputLocation"]?["storageContainerUri"] == "https://a.example/in")
        for word in ["planted", Self.token] {
            #expect(!result.talk.contains(word) && !result.outputText.contains(word))
        }
    }

    @Test(
        "how a wait ends is told by the exit code",
        arguments: [
            (["convert", "x.fbx", "--input", "https://a/in"], "Failed", 65),
            (["convert", "x.fbx", "--input", "https://a/in"], "Cancelled", 69),
            (["convert", "x.fbx", "--input", "https://a/in", "--timeout", "50ms"], "Running", 75),
            (["session", "create"], "Ready", 0), (["session", "create"], "Error", 69),
        ] as [([String], String, Int32)])
    func endings(arguments: [String], ending: String, code: Int32) async throws {
        let (result, _) = try await run(arguments, ending: ending)
        #expect(result.code == code, "\(result.talk)")
        let printed = try lines(result)
        // When the time is over before the second look, it is what the first one showed.
        let endings = code == 75 ? [ending, "NotStarted"] : [ending]
        #expect(printed.count == 1 && endings.contains(printed[0]["status"]?.stringValue ?? ""))
    }

    @Test("lists and sessions are lines of JSON")
    func others() async throws {
        let (list, _) = try await run(["conversions"])
        #expect(try lines(list).map { $0["id"]?.stringValue } == ["a", "b"])
        let (sessions, _) = try await run(["session", "list"])
        #expect(try lines(sessions).map { $0["id"]?.stringValue } == ["s1"])
        let (extended, requests) = try await run(["session", "extend", "s1", "--by", "10"])
        #expect(extended.code == 0 && requests.last?.text == #"{"maxLeaseTimeMinutes":30}"#)
        let (stopped, calls) = try await run(["session", "stop", "s1", "s2"])
        #expect(stopped.code == 0 && calls.filter { $0.path.contains("/:stop?") }.count == 2)
    }

    @Test("refusals are the service's, with its words and marks")
    func refusals() async throws {
        let (missing, _) = try await run(["conversions", "missing"])
        #expect(missing.code == 69 && missing.talk.contains("404") && missing.talk.contains("no such thing"))
        #expect(missing.talk.contains("cv.0") && missing.output.isEmpty)
        let (wrongKey, _) = try await run(["conversions"], key: "another")
        #expect(wrongKey.code == 69 && wrongKey.talk.contains("401") && !wrongKey.talk.contains("another"))
    }

    @Test(
        "what cannot be is told before anything is sent",
        arguments: [
            ["convert", "x.fbx", "--input", "https://a/in?sig=planted"],
            ["convert", "x.fbx", "--input", "https://a/in", "--id", "a b"],
            ["session", "create", "--lease", "2000"], ["conversions", "--wait"],
            ["convert", "x.fbx", "--input", "https://a/in", "--output-name", "x.glb"],
        ])
    func usage(arguments: [String]) async throws {
        let (result, requests) = try await run(arguments)
        #expect(result.code == 64 && requests.isEmpty && !result.talk.contains("planted"), "\(result.talk)")
    }

    @Test("http is for this machine only")
    func plainHTTP() throws {
        let result = try Program("remote", "conversions", "--endpoint", "http://10.0.0.1", "--account", "a").run()
        #expect(result.code == 64 && result.talk.contains("https"))
    }

    @Test(
        "every help text says that Azure's service is retired",
        arguments: [
            [], ["convert"], ["conversions"], ["session"], ["session", "create"], ["session", "list"],
            ["session", "show"], ["session", "extend"], ["session", "stop"],
        ])
    func help(arguments: [String]) throws {
        let result = try Program(arguments: ["remote"] + arguments + ["--help"]).run()
        #expect(result.code == 0)
        let words = result.outputText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("retired by Microsoft on 30 September 2025"))
    }
}
