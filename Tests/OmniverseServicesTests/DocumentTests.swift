// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import OmniverseServices
import TestFixtures
import Testing

@testable import OmniverseServices

/// What the service's own document adds to the rules of names.
@Suite struct DocumentTests {
    static func document() throws -> ServiceDocument {
        try #require(ServiceDocument(try JSONValue(parsing: Fixtures.bytes("omniverse/openapi.json"))))
    }

    /// Names with dots between them, positional and named arguments, and the request they come to.
    static let rows:
        [(chain: String, positional: [JSONValue], named: [String: JSONValue], wire: String, body: String?)] =
            [
                ("snake_case.echo_value.get", [], ["value": "v"], "GET /snake_case/echo_value?value=v", nil),
                // Both spellings exist: the documented rule decides.
                ("twin_name.get", [], [:], "GET /twin-name", nil),
                ("items.get", [3, "sub-items", "left_arm"], [:], "GET /items/3/sub-items/left_arm", nil),
                (
                    "items.sub_items.get", [], ["item_id": 3, "sub_item_id": "left arm"],
                    "GET /items/3/sub-items/left%20arm", nil
                ),
                ("items.put", [3], ["notify": true, "name": "cube"], "PUT /items/3?notify=true", #"{"name":"cube"}"#),
                ("items.start_render", [3], [:], "POST /items/3/start-render", "{}"),
                ("search.get", [], ["query": "a", "page_size": 3], "GET /search?page-size=3&query=a", nil),
                (
                    "capture_application_screenshot.get", [], ["width": 640, "height": 360],
                    "GET /capture-application-screenshot", #"{"height":360,"width":640}"#
                ),
                ("files.get", ["a/b c"], [:], "GET /files/a/b%20c", nil),
                ("files.get", ["a?b#c"], [:], "GET /files/a%3Fb%23c", nil),
                ("ping", [], [:], "GET /ping", nil),
                ("no.such_path.get", [], ["a": 1], "GET /no/such-path?a=1", nil),
                ("no.such_path", [], ["a": 1], "POST /no/such-path", #"{"a":1}"#),
            ]

    @Test("the document gives names, methods and places; without a match names alone do", arguments: 0..<13)
    func request(row: Int) throws {
        let row = Self.rows[row]
        var call = EndpointCall(row.chain.split(separator: ".").map { EndpointCall.Segment(String($0)) })
        (call.positional, call.named) = (row.positional, row.named)
        let resolver = CallResolver(document: try Self.document(), use: .full)
        let request = try resolver.request(for: call.withVerb)
        #expect("\(request.method.rawValue) \(request.target)" == row.wire)
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == row.body)
    }

    static let misplaced: [(chain: [String], positional: [JSONValue], named: [String: JSONValue])] = [
        (["items"], ["../quit"], [:]), (["items"], [[1]], [:]), (["items"], [nil], [:]),
        (["search"], [], ["query": [:]]),
    ]

    @Test("arguments that no path or query can carry are refused", arguments: 0..<4)
    func refused(row: Int) {
        var call = EndpointCall(Self.misplaced[row].chain.map { EndpointCall.Segment($0) }, method: .get)
        (call.positional, call.named) = (Self.misplaced[row].positional, Self.misplaced[row].named)
        let error = #expect(throws: OmniverseError.self) {
            try CallResolver(document: nil, use: .none).request(for: call)
        }
        #expect(error?.code == .badArgument)
    }

    @Test("what is no OpenAPI document is none", arguments: ["[]", "{}", #"{"paths":[]}"#, "null"])
    func noDocument(text: String) throws {
        #expect(ServiceDocument(try JSONValue(parsing: Array(text.utf8))) == nil)
    }

    @Test(
        "a document that is odd is read as far as it goes",
        arguments: [
            ##"{"paths":{"/a":{"get":{"parameters":[{"$ref":"#/nowhere"}]}}}}"##,
            #"{"paths":{"/a":{"get":7},"b":null}}"#,
            #"{"paths":{"":{"get":{}}}}"#,
        ])
    func odd(text: String) throws {
        let document = try #require(ServiceDocument(try JSONValue(parsing: Array(text.utf8))))
        let call = EndpointCall(path: "a", method: .get)
        #expect(try CallResolver(document: document, use: .full).request(for: call).target == "/a")
    }
}
