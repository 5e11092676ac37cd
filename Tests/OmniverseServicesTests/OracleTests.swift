// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import TestFixtures
import Testing

@testable import OmniverseServices

/// What calls put on the wire, against a record of what the original client puts there.
@Suite struct OracleTests {
    typealias Call = @Sendable (AsyncClient) async throws -> ServiceReply

    /// The record's expressions in Swift.
    static let calls: [String: Call] = [
        "c.capture.post(usd_stage_path=\"omniverse://a/b.usd\")": {
            try await $0.capture.post(usd_stage_path: "omniverse://a/b.usd")
        },
        "c.capture.get()": { try await $0.capture.get() },
        "c.capture_application_screenshot_query.get(width=640, height=360)": {
            try await $0.capture_application_screenshot_query.get(width: 640, height: 360)
        },
        "c.queue.settings.get(__headers__={\"Authorization\": \"Bearer test-secret\"})": {
            try await $0.queue.settings.get(headers: ["Authorization": "Bearer test-secret"])
        },
        "c.snake_case.echo_value.get(value=\"v\")": { try await $0.snake_case.echo_value.get(value: "v") },
        "c.ping()": { try await $0.ping() },
        "c.items.put(3, name=\"cube\", size=2.5)": { try await $0.items.put(3, name: "cube", size: 2.5) },
        "c.items.delete(3)": { try await $0.items.delete(3) },
        "c.items.patch(3, name=\"x\")": { try await $0.items.patch(3, name: "x") },
        "c.items(3, __method__=\"patch\", name=\"x\")": {
            try await $0.items(3, __method__: "patch", name: "x")
        },
        "c.sum(10, b=20)": { try await $0.sum(10, b: 20) },
        "c.get.ping.get()": { try await $0.get.ping.get() },
        "c.post.ping()": { try await $0.post.ping() },
        "c.search.get(query=\"a b\", tag=[\"x\",\"y\"], limit=5)": {
            try await $0.search.get(query: "a b", tag: ["x", "y"], limit: 5)
        },
        "c.search.get(query=\"a\", exact=True)": { try await $0.search.get(query: "a", exact: true) },
        "c.queue.management.tasks.submit(user=\"me\", task_type=\"t\", task_args={})": {
            try await $0.queue.management.tasks.submit(user: "me", task_type: "t", task_args: [:])
        },
        "c.files.get(\"a/b c/ü\")": { try await $0.files.get("a/b c/ü") },
        "c.errors.unavailable.get()": { try await $0.errors.unavailable.get() },
        "AsyncClient(base + '/sub'); c.ping()": { try await $0.ping() },
        "AsyncClient(base + '/queue/management'); c.tasks.submit(...)": {
            try await $0.tasks.submit(user: "me", task_type: "t", task_args: [:])
        },
    ]

    /// Where the record shows a trap, what we do instead: the request, the status.
    static let better: [String: (wire: String, status: Int)] = [
        // PATCH is documented; the original posts to /items/patch/3.
        "c.items.patch(3, name=\"x\")": ("PATCH /items/3", 200),
        // The original refuses to send a Boolean.
        "c.search.get(query=\"a\", exact=True)": ("GET /search?exact=true&query=a", 200),
    ]

    static func record() throws -> [JSONValue] {
        try JSONValue(parsing: Fixtures.bytes("omniverse/client-oracle.json")).arrayValue ?? []
    }

    @Test(
        "each recorded expression puts the same request on the wire, or a better one where the original is a trap",
        .enabled(if: StandIn.interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with fastapi"),
        .timeLimit(.minutes(3)))
    func oracle() async throws {
        try await StandIn.run { address in
            let record = try Self.record()
            #expect(record.count == Self.calls.count)
            for entry in record {
                let expression = try #require(entry["expression"]?.stringValue)
                let call = try #require(Self.calls[expression], "\(expression) has no twin in Swift")
                let base = expression.firstMatch(of: /base \+ '([^']*)'/).map { String($0.1) } ?? ""
                try await check(entry, expression, call, address, base)
            }
        }
    }

    private func check(
        _ entry: JSONValue, _ expression: String, _ call: Call, _ address: String, _ base: String
    ) async throws {
        var options = AsyncClientOptions()
        options.documentUse = .methodOnly
        let spy = SpyTransport(try HTTPServiceTransport(origin: address, options: options))
        let client = AsyncClient(core: ClientCore(base: base, transport: spy, options: options))
        var status: Int
        do {
            status = try await call(client).status
        } catch let error as OmniverseError {
            status = try #require(error.status, "\(expression): \(error)")
            #expect((error.code == .notFound) == (status == 404), "\(expression)")
        }
        let sent = try #require(spy.requests.last)
        let wire = "\(sent.method.rawValue) \(sent.target)"
        if let better = Self.better[expression] {
            #expect(wire == better.wire && status == better.status, "\(expression)")
            return
        }
        #expect(Self.sameRequest(wire, entry["wire"]?.stringValue ?? ""), "\(expression): \(wire)")
        #expect(status == entry["status"]?.intValue.map { Int($0) }, "\(expression)")
        let body = try sent.body.map { try JSONValue(parsing: $0) }
        #expect((body ?? .null) == (entry["json_body"] ?? .null), "\(expression)")
        let lookups = spy.requests.dropLast().map { "\($0.method.rawValue) \($0.target)" }
        let recorded = (entry["spec_lookup"]?.arrayValue ?? []).compactMap {
            $0.stringValue?.components(separatedBy: " -> ").first
        }
        #expect(Array(lookups) == recorded, "\(expression)")
    }

    /// Whether two requests mean the same: the order of a query and how a space is written in it are free.
    static func sameRequest(_ a: String, _ b: String) -> Bool {
        func parts(_ text: String) -> (String, Set<String>) {
            let halves = text.split(separator: "?", maxSplits: 1).map(String.init)
            let query = halves.count > 1 ? halves[1].replacing("+", with: "%20") : ""
            return (halves[0], Set(query.split(separator: "&").map(String.init)))
        }
        return parts(a) == parts(b)
    }
}
