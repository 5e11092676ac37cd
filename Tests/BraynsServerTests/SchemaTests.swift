// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@testable import BraynsServer

@Suite struct SchemaTests {
    private static let own: Set<String> = ["render-planes", "get-scene-report", "get-outermost-points"]

    private static func recorded() throws -> [String: JSONValue] {
        let text = String(decoding: try Fixtures.bytes("brayns/all-plugins/schemas.json"), as: UTF8.self)
        return try #require(try JSONValue(parsing: text).objectValue)
    }

    private static func backend() -> Backend {
        Backend { $0.plugins = BraynsServerOptions.knownPlugins }
    }

    @Test("every method's schema has the structure of a real Brayns'")
    func structure() async throws {
        let backend = Self.backend()
        let served = Set(backend.engine.methodNames)
        for (name, schema) in try Self.recorded() where served.contains(name) {
            let ours = try await backend.result("schema", ["endpoint": .string(name)])
            #expect(ours.withoutTexts == schema.withoutTexts, "\(name)")
        }
    }

    @Test("the methods of a real Brayns are served, all of them, and our own")
    func registry() async throws {
        let names = Set(try await Self.backend().result("registry").arrayValue?.compactMap(\.stringValue) ?? [])
        #expect(names == Set(try Self.recorded().keys).union(Self.own))
    }

    @Test("without the plugin there is no cylindric camera")
    func plugins() async throws {
        let backend = Backend { $0.plugins = [] }
        #expect(!backend.engine.methodNames.contains("set-camera-cylindric"))
        #expect(try await backend.call("set-camera-cylindric", ["fovy": 40]).code == -32601)
    }

    @Test("descriptions are there, and are our own")
    func descriptions() async throws {
        let backend = Self.backend()
        for (name, schema) in try Self.recorded() where backend.engine.methodNames.contains(name) {
            let ours = try await backend.result("schema", ["endpoint": .string(name)])["description"]?.stringValue ?? ""
            #expect(!ours.isEmpty && ours != schema["description"]?.stringValue, "\(name)")
        }
    }

    @Test("shapes write what they hold")
    func shapes() {
        #expect(Shape.any.jsonSchema == [:])
        #expect(Shape.integer(min: 0, max: 7).jsonSchema == ["type": "integer", "minimum": 0, "maximum": 7])
        #expect(Shape.number(min: 0.01).jsonSchema == ["type": "number", "minimum": 0.01])
        #expect(Shape.record("Empty", []).jsonSchema["properties"] == nil)
        #expect(Shape.record("One", [.optional("a", .bool, "text")]).jsonSchema["required"] == nil)
    }
}

extension JSONValue {
    /// The value with every title emptied and every description left out, and with whole numbers as integers.
    ///
    /// The recorded schemas are kept without their descriptions, which are Brayns' own text.
    var withoutTexts: JSONValue {
        switch self {
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.compactMap { name, value in
                        if name == "description", value.stringValue != nil { return nil }
                        return (name, name == "title" && value.stringValue != nil ? "" : value.withoutTexts)
                    }))
        case .array(let elements): .array(elements.map(\.withoutTexts))
        case .double(let number): Int64(exactly: number).map { .int($0) } ?? self
        default: self
        }
    }
}
