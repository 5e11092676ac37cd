// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import HTTPService
import HTTPTypes
import ImageCore
import JSONRPC
import OmniverseServices
import TestFixtures
import Testing

@testable import Service

@Suite struct CaptureServiceTests {
    @Test("a model is drawn, handed out, and shown as the last one", .timeLimit(.minutes(2)), arguments: [false, true])
    func capture(isLocal: Bool) async throws {
        try await CaptureUnderTest.run { service in
            let client = try service.client(isLocal: isLocal)
            #expect(try await client.capture_application_screenshot.get().status == 404)
            let reply = try await client.capture.post(usd_stage_path: "knot.ply", width: 96, height: 64, samples: 1)
            #expect(reply.status == 200 && reply["success"] == true && reply["error_message"] == .null)
            let path = try #require(reply["captured_image_path"]?.stringValue)
            let picture = try await client.send(EndpointCall(path: path, method: .get))
            let pixels = try ImageDecoder.decode(try #require(picture.bytes))
            #expect((pixels.width, pixels.height) == (96, 64))
            let last = try await client.capture_application_screenshot.get(width: 48)
            #expect(last["width"] == 48 && last["height"] == 32)
            let small = try await client.send(
                EndpointCall(path: try #require(last["captured_image_path"]?.stringValue), method: .get))
            #expect(try ImageDecoder.decode(try #require(small.bytes)).width == 48)
        }
    }

    @Test(
        "what cannot be drawn is answered with 200 and the reason",
        arguments: [
            ("gone.ply", "is not there"), ("../../README.md", "is not there"), ("/etc/passwd", "is not there"),
            ("omniverse://host/a.usd", "omniverse://"), ("https://host/a.glb", "https://"), ("a\u{0}b", "no file"),
            ("", "no file"),
        ])
    func refused(path: String, part: String) async throws {
        try await CaptureUnderTest.run { service in
            let reply = try await service.client().capture.post(usd_stage_path: .string(path))
            #expect(reply.status == 200 && reply["success"] == false && reply["captured_image_path"] == .null)
            #expect(reply["error_message"]?.stringValue?.contains(part) == true, "\(reply)")
        }
    }

    @Test("a USD stage and a broken model say what to do, and the service goes on", .timeLimit(.minutes(2)))
    func broken() async throws {
        try await ServiceUnderTest.inFolder { models in
            try Data("#usda 1.0\n".utf8).write(to: URL(fileURLWithPath: models + "/stage.usda"))
            try Data("ply\nformat ascii 1.0\n".utf8).write(to: URL(fileURLWithPath: models + "/cut.ply"))
            try await CaptureUnderTest.run({ $0.roots.append(models) }) { service in
                let client = try service.client()
                let stage = try await client.capture.post(usd_stage_path: .string(models + "/stage.usda"))
                #expect(stage["error_message"]?.stringValue?.contains("USD stage") == true)
                let cut = try await client.capture.post(usd_stage_path: .string(models + "/cut.ply"))
                #expect(cut["success"] == false && cut["error_message"]?.stringValue?.contains("cut.ply") == true)
                let good = try await client.capture.post(usd_stage_path: "terrain.stl", width: 32, height: 32)
                #expect(good["success"] == true, "\(good)")
            }
        }
    }

    @Test(
        "recorded requests get the recorded answers",
        arguments: [
            "04-capture-missing-field-422", "07-capture-no-content-type-422", "08-capture-get-405", "09-not-found-404",
            "01-status",
        ])
    func recorded(name: String) async throws {
        let record = try JSONValue(parsing: Fixtures.bytes("omniverse/\(name).json"))
        try await CaptureUnderTest.run { service in
            for isLocal in [false, true] {
                let reply = try await replay(record, service, isLocal: isLocal)
                #expect(reply.status == record["response"]?["status"]?.intValue.map { Int($0) })
                #expect(reply.json == record["response"]?["json"], "\(reply)")
                #expect(reply.headers[HTTPField.Name("X-Correlation-ID")!]?.count == 32)
            }
        }
    }

    @Test("a body that is no JSON says where")
    func badJSON() async throws {
        let record = try JSONValue(parsing: Fixtures.bytes("omniverse/06-capture-bad-json-422.json"))
        try await CaptureUnderTest.run { service in
            let reply = try await replay(record, service, isLocal: false)
            let fault = try #require(reply["detail"]?.arrayValue?.first)
            #expect(reply.status == 422 && fault["type"] == "json_invalid" && fault["loc"] == ["body", 19])
        }
    }

    private func replay(_ record: JSONValue, _ service: CaptureUnderTest, isLocal: Bool) async throws -> ServiceReply {
        let request = try #require(record["request"])
        let method = try #require(HTTPRequest.Method(rawValue: request["method"]?.stringValue ?? ""))
        var wire = WireRequest(method: method, target: request["path"]?.stringValue ?? "/")
        for (name, value) in request["headers"]?.objectValue ?? [:] where value != "" {
            if let field = HTTPField.Name(name) { wire.headers[field] = value.stringValue }
        }
        wire.body = request["body"]?.stringValue.map { Array($0.utf8) }
        if isLocal { return await service.application.respond(to: wire) }
        var call = EndpointCall(path: wire.target, method: method)
        (call.headers, call.style) = (wire.headers, .raw)
        if let body = request["body"]?.stringValue { call.named["data"] = .string(body) }
        return try await service.client().send(call)
    }

    @Test(
        "every fault of a request is told, with its place",
        arguments: [
            (#"{"usd_stage_path": 7}"#, "string_type", "usd_stage_path"),
            (#"{"usd_stage_path": "a", "width": 0}"#, "greater_than_equal", "width"),
            (#"{"usd_stage_path": "a", "height": 99999}"#, "less_than_equal", "height"),
            (#"{"usd_stage_path": "a", "width": 1.5}"#, "int_from_float", "width"),
            (#"{"usd_stage_path": "a", "width": "many"}"#, "int_type", "width"),
            (#"{"usd_stage_path": "a", "view": "inside"}"#, "literal_error", "view"),
            (#"{"usd_stage_path": "a", "wait": 1}"#, "bool_type", "wait"),
            (#"{"usd_stage_path": "a", "background": "blue"}"#, "string_pattern_mismatch", "background"),
            (#"[1]"#, "model_attributes_type", "body"), ("", "missing", "body"),
        ])
    func faults(body: String, type: String, place: String) async throws {
        try await CaptureUnderTest.run { service in
            let reply = await service.application.respond(
                to: WireRequest(
                    method: .post, target: "/capture", headers: [.contentType: "application/json"],
                    body: Array(body.utf8)))
            let fault = try #require(reply["detail"]?.arrayValue?.first)
            #expect(reply.status == 422 && fault["type"]?.stringValue == type)
            #expect(fault["loc"]?.arrayValue?.last?.stringValue == place)
        }
    }

    @Test("more than may wait is answered with 429 and when to come back", .timeLimit(.minutes(2)))
    func full() async throws {
        try await CaptureUnderTest.run({ $0.queueLength = 2 }) { service in
            let client = try service.client()
            var (ids, refusals): ([String], Int) = ([], 0)
            for _ in 0..<8 {
                let reply = try await client.capture.post(
                    usd_stage_path: "knot.ply", width: 640, height: 640, samples: 4, wait: false)
                if reply.status == 429 {
                    refusals += 1
                    #expect(reply.headers[.retryAfter] != nil)
                } else {
                    ids.append(try #require(reply["job_id"]?.stringValue))
                }
            }
            #expect(refusals > 0 && !ids.isEmpty)
            for id in ids { #expect(try await service.settled(id)["status"] == "finished") }
        }
    }

    @Test("captures that wait outlive a restart; a waiting one can be cancelled", .timeLimit(.minutes(2)))
    func restart() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let first = try await CaptureUnderTest(in: folder)
            let client = try first.client()
            var ids: [String] = []
            for _ in 0..<4 {
                let reply = try await client.capture.post(
                    usd_stage_path: "knot.ply", width: 320, height: 320, samples: 4, wait: false)
                ids.append(try #require(reply["job_id"]?.stringValue))
            }
            let cancelled = try await client.jobs.delete(.string(ids[3]))
            #expect(cancelled["status"] == "cancelled" || cancelled.status == 409)
            await first.stop()
            let second = try await CaptureUnderTest(in: folder)
            for id in ids.dropLast() { #expect(try await second.settled(id)["status"] == "finished") }
            #expect(try await second.client().jobs.get("none").status == 404)
            await second.stop()
        }
    }

    @Test("the oldest captures go when there are too many", .timeLimit(.minutes(2)))
    func pruned() async throws {
        try await CaptureUnderTest.run({ $0.keptCaptures = 2 }) { service in
            let client = try service.client()
            for _ in 0..<4 {
                let reply = try await client.capture.post(usd_stage_path: "terrain.stl", width: 16, height: 16)
                #expect(reply["success"] == true)
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: service.folder + "/pictures")
            #expect(left.count == 2)
            #expect(try await client.jobs.get()["jobs"]?.arrayValue?.count == 2)
        }
    }

    @Test("with tokens only probes and the document are open")
    func tokens() async throws {
        try await CaptureUnderTest.run({ $0.tokens = ["a-token-of-the-tests"].map { .init($0) } }) { service in
            let client = try service.client()
            #expect(try await client.health.get().status == 200)
            let refused = try await client.jobs.get()
            #expect(refused.status == 401 && refused.headers[.wwwAuthenticate] == "Bearer")
            #expect(try await client.jobs.get(headers: ["Authorization": "Bearer a-token-of-the-testz"]).status == 401)
            #expect(try await client.jobs.get(headers: ["Authorization": "Bearer a-token-of-the-tests"]).status == 200)
        }
    }
}
