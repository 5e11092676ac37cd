// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@testable import Jobs

@Suite struct JobSchemaTests {
    private func json(_ yaml: String) throws -> JSONValue { try JobNode(yaml: yaml, origin: "j").json }

    @Test(
        "what is valid and what is printed fit the schema",
        arguments: [
            "", JobFileTests.full,
            "backend: [h:1, wss://b]\nframes: {turntable: {views: 3}, path: null, simulation: {start: 1, stop: 2}}",
            "scene: {models: [{path: a.obj, material: {name: phong, x: 1}}], lights: [{type: ambient}], background: \"#123456\"}",
            "develop: [{exposure: 1}, clean-edges, {tone-map: filmic}, denoise, {denoise: 2}]\noutputs: [{path: a.png, depth: 16, size: 1920x1080}]",
            "run: {shard: 1/2, max-failures: 3, timeouts: {load: none, item: 1h}, limits: {bytes: 5}}",
        ]) func fits(yaml: String) throws
    {
        if !yaml.isEmpty { #expect(SchemaCheck.problems(try json(yaml), JobFile.jsonSchema) == []) }
        let printed = try JobFile.parse(yaml: yaml).yaml()
        #expect(SchemaCheck.problems(try json(printed), JobFile.jsonSchema) == [], "\(printed)")
    }

    @Test(
        "what the parser refuses, the schema refuses",
        arguments: [
            "a: 1", "render: {samples: 0}", "render: {size: big}", "sources: {up: z}", "run: {jobs: -1}",
            "run: {shard: 1-2}",
            "outputs: [{path: a.png, depth: 12}]", "scene: {lights: [{typ: ambient}]}", "run: {timeouts: {load: soon}}",
            "camera: {view: {position: [1, 2, x]}}", "develop: [{exposure: 99}]", "scene: {background: red}",
        ]) func refuses(yaml: String) throws
    {
        #expect(!SchemaCheck.problems(try json(yaml), JobFile.jsonSchema).isEmpty)
        #expect(throws: JobError.self) { try JobFile.parse(yaml: yaml) }
    }

    @Test("the sample jobs are valid") func samples() throws {
        let folder = Fixtures.repository.appendingPathComponent("Samples").path
        for name in FileManager.default.subpaths(atPath: folder) ?? [] where name.hasSuffix(".yaml") {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            #expect(throws: Never.self, "\(name)") { try JobFile.parse(yaml: text, origin: name) }
            #expect(SchemaCheck.problems(try json(text), JobFile.jsonSchema) == [], "\(name)")
        }
    }
}
