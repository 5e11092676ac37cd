// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@testable import BraynsServer

@Suite struct LoaderTests {
    private static func backend() -> Backend { Backend { $0.plugins = BraynsServerOptions.knownPlugins } }

    private static func add(_ backend: Backend, _ loader: String, _ path: String, _ properties: JSONValue) async throws
        -> JSONValue
    {
        let models = try await backend.result(
            "add-model", ["loader_name": .string(loader), "path": .string(path), "loader_properties": properties])
        return try #require(models.arrayValue?.first)
    }

    private static func circuit(_ backend: Backend, _ settings: [String: JSONValue]) async throws -> JSONValue {
        try await backend.result("add-light-ambient", [:])
        var all: [String: JSONValue] = [
            "node_population": "cells", "node_percentage": 1,
            "neuron_morphology_parameters": ["load_soma": true, "load_axon": true, "load_dendrites": true],
        ]
        all.merge(settings) { _, new in new }
        return try await add(
            backend, "SONATA loader", Fixtures.url("circuit/simulation_config.json").path,
            ["node_population_settings": [.object(all)]])
    }

    @Test("with all plugins the loaders are those of a real Brayns, and our own")
    func loaders() async throws {
        let recorded = try Recorded("all-plugins/01-get-loaders").replies[0].text
        let theirs = try #require(try JSONValue(parsing: recorded)["result"]?.arrayValue)
        let ours = try #require(try await Self.backend().result("get-loaders").arrayValue)
        func byName(_ list: [JSONValue]) -> [String: JSONValue] {
            Dictionary(uniqueKeysWithValues: list.map { ($0["name"]?.stringValue ?? "", $0.withoutTexts) })
        }
        var all = byName(ours)
        #expect(all.removeValue(forKey: "darkroom-mesh") != nil)
        #expect(all == byName(theirs))
    }

    @Test("a circuit with a report moves in time and is coloured by its ramp")
    func simulation() async throws {
        let backend = Self.backend()
        let model = try await Self.circuit(backend, ["report_type": "compartment", "report_name": "soma"])
        #expect(model["model_type"] == "neurons")
        #expect(
            model["info"]?["metadata"]
                == ["loaded_neuron_count": "3", "population_name": "cells", "population_type": "node"])
        #expect(try await backend.result("get-circuit-ids", ["model_id": 1]) == [0, 1, 2])
        let time = try await backend.result("get-simulation-parameters")
        #expect(time["start_frame"] == 0 && time["end_frame"] == 2 && time["unit"] == "ms")
        #expect(try await backend.call("set-simulation-parameters", ["current": 3]).code == -32603)
        let ramp = try Recorded("all-plugins/12-get-color-ramp").replies[0].text
        #expect(try await backend.result("get-color-ramp", ["id": 1]) == JSONValue(parsing: ramp)["result"])
        var pictures: Set<[UInt8]> = []
        for frame in 0...2 {
            let answer = try await backend.call("snapshot", Self.picture(frame))
            #expect(answer.json["result"] != nil)
            pictures.insert(answer.payload)
        }
        #expect(pictures.count == 3)
        try await backend.result("enable-simulation", ["model_id": 1, "enabled": false])
        #expect(try await backend.call("enable-simulation", ["model_id": 9, "enabled": false]).code != nil)
    }

    private static func picture(_ frame: Int) -> JSONValue {
        [
            "simulation_frame": .int(Int64(frame)), "image_settings": ["size": [64, 64]],
            "camera": ["name": "orthographic", "params": ["height": 80]],
            "camera_view": ["position": [0, 0, 200], "target": [0, 0, 0], "up": [0, 1, 0]],
        ]
    }

    @Test("cells are coloured by number, by layer and by section, and grow thicker")
    func colors() async throws {
        let backend = Self.backend()
        let model = try await Self.circuit(backend, [:])
        #expect(
            try await backend.result("get-color-methods", ["id": 1])
                == ["id", "layer", "morphology", "morphology section", "mtype", "solid"])
        #expect(
            try await backend.result("get-color-values", ["id": 1, "method": "layer"]) == ["L1", "L2", "L3"])
        #expect(try await backend.result("get-color-values", ["id": 1, "method": "id"]) == ["0-3"])
        var pictures: Set<[UInt8]> = [try await backend.call("snapshot", Self.picture(0)).payload]
        let changes: [(method: String, key: String, color: JSONValue)] = [
            ("id", "0", [1, 0, 0, 1]), ("layer", "L1", [0, 1, 0, 1]), ("morphology section", "axon", [0, 0, 1, 1]),
        ]
        for (method, key, color) in changes {
            try await backend.result("color-model", ["id": 1, "method": .string(method), "values": [key: color]])
            pictures.insert(try await backend.call("snapshot", Self.picture(0)).payload)
        }
        #expect(pictures.count == 4)
        try await backend.result("set-circuit-thickness", ["model_id": 1, "radius_multiplier": 3])
        #expect(try await backend.result("get-model", ["id": 1])["bounds"] != model["bounds"])
        #expect(
            try await backend.call("color-model", ["id": 1, "method": "no", "values": ["a": [1, 1, 1, 1]]]).code
                == -32603)
    }

    @Test("what a circuit cannot give is said as a real Brayns says it, and without it")
    func badCircuits() async throws {
        let backend = Self.backend()
        let path = Fixtures.url("circuit/simulation_config.json").path
        func answer(_ settings: JSONValue, _ loader: String = "SONATA loader") async throws -> Received {
            try await backend.call(
                "add-model", ["loader_name": .string(loader), "path": .string(path), "loader_properties": settings])
        }
        let unknown = try await answer(["node_population_settings": [["node_population": "nope"]]])
        #expect(unknown.code == -32603 && unknown.message == "Population nope does not exists")
        let recorded = try Recorded("all-plugins/04-add-model-sonata-bad-schema").replies[0].text
        #expect(try await answer(["x": 1]).json["error"] == JSONValue(parsing: recorded)["error"])
        let edges: JSONValue = ["edge_population": "e", "load_afferent": true]
        #expect(
            try await answer(
                ["node_population_settings": [["node_population": "cells", "edge_populations": [edges]]]]
            ).code == -32603)
        for loader in ["BBP loader", "Cell placement loader"] {
            let refused = try await answer([:], loader)
            #expect(refused.code == -32603 && refused.message?.contains("SONATA") == true)
        }
        #expect(try await backend.result("get-scene")["models"] == [])
    }

    @Test("a morphology needs a part to be loaded, and is coloured by section")
    func morphology() async throws {
        let backend = Self.backend()
        let path = Fixtures.url("circuit/fork.asc").path
        let empty = try await backend.call(
            "add-model",
            ["loader_name": "Neuron Morphology loader", "path": .string(path), "loader_properties": [:]])
        #expect(empty.code == -32602)
        let model = try await Self.add(backend, "", path, ["load_dendrites": true, "geometry_type": "spheres"])
        #expect(model["model_type"] == "morphology")
        #expect(
            try await backend.result("get-color-methods", ["id": 0])
                == ["morphology section", "morphology section geometry", "solid"])
    }

    @Test("fibres are read beside their configuration; their spikes are not")
    func fibres() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dti-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let config = folder.appendingPathComponent("dti.json")
        try Data("2 0 0 0 4 0 0\n".utf8).write(to: folder.appendingPathComponent("rows.txt"))
        try Data(#"{"streamlines_path":"rows.txt","gids_to_streamlines_path":"gids.txt"}"#.utf8).write(to: config)
        let backend = Self.backend()
        let model = try await Self.add(backend, "DTI loader", config.path, ["radius": 0.5])
        #expect(model["model_type"] == "dti")
        #expect(model["bounds"] == ["max": [4.5, 0.5, 0.5], "min": [-0.5, -0.5, -0.5]])
        try Data(
            #"{"streamlines_path":"rows.txt","gids_to_streamlines_path":"g","circuit_path":"BlueConfig"}"#.utf8
        ).write(to: config)
        let refused = try await backend.call(
            "add-model",
            ["loader_name": "DTI loader", "path": .string(config.path), "loader_properties": ["radius": 1]])
        #expect(refused.code == -32603)
    }
}
