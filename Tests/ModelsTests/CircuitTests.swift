// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestFixtures
import Testing

@testable import Models

@Suite struct CircuitTests {
    private static func load(
        _ file: String = "simulation_config.json", _ change: (inout SonataRequest) -> Void = { _ in }
    ) throws -> SonataCircuit {
        let files = ModelFiles()
        let config = try SonataConfig(Fixtures.url("circuit/\(file)").path, files: files)
        var request = SonataRequest(population: "cells")
        request.percentage = 1
        change(&request)
        return try SonataCircuit(request, config: config, files: files) {}
    }

    @Test("cells without any part of their morphology are balls at their places")
    func balls() throws {
        let circuit = try Self.load("circuit_config.json")
        #expect(circuit.ids == [0, 1, 2, 3] && circuit.parts == [0..<1, 1..<2, 2..<3, 3..<4])
        #expect(circuit.model.primitives.spheres.map(\.center.x) == [0, 100, 200, 300])
    }

    @Test("morphologies are turned and placed")
    func placing() throws {
        let circuit = try Self.load {
            $0.morphology.loadsAxon = true
            $0.nodeIDs = [1]
        }
        let capsule = try #require(circuit.model.primitives.capsules.first)
        // From (0, -6) to (0, -20), a quarter around z, at (100, 10).
        #expect(abs(capsule.p0.x - 106) < 1e-4 && abs(capsule.p0.y - 10) < 1e-4)
        #expect(abs(capsule.p1.x - 120) < 1e-4)
        #expect(circuit.kinds == [.axon: [0..<1]])
    }

    @Test("texts by which cells are told apart come from libraries and from plain tables")
    func properties() throws {
        let circuit = try Self.load()
        let values = Dictionary(uniqueKeysWithValues: circuit.properties.map { ($0.name, $0.values) })
        #expect(values["mtype"] == ["L1_DAC", "L2_PC", "L2_PC", "L1_DAC"])
        #expect(values["layer"] == ["L1", "L2", "L2", "L3"])
        #expect(values["etype"] == nil)
    }

    @Test("cells are chosen by number, by set, by share and up to a limit")
    func selection() throws {
        #expect(try Self.load { $0.nodeIDs = [3, 1, 3] }.ids == [1, 3])
        #expect(try Self.load { $0.nodeSets = ["both"] }.ids == [0, 1, 2, 3])
        #expect(try Self.load { $0.nodeSets = ["second"] }.ids == [1, 2])
        #expect(try Self.load { $0.percentage = 0.5 }.ids == [0, 2])
        #expect(try Self.load { $0.limit = 1 }.ids == [0])
        for change: (inout SonataRequest) -> Void in [
            { $0.nodeIDs = [9] }, { $0.nodeSets = ["none"] }, { $0.nodeSets = ["selves"] }, { $0.percentage = 0 },
            { $0.population = "nope" }, { $0.report = .compartments(name: "nope") },
        ] {
            #expect(throws: ModelError.self) { try Self.load(change: change) }
        }
    }

    private static func load(change: (inout SonataRequest) -> Void) throws -> SonataCircuit {
        try load("simulation_config.json", change)
    }

    @Test("a report's values lie on the sections that they are of, whatever the order of its cells")
    func report() throws {
        let circuit = try Self.load {
            $0.report = .compartments(name: "soma")
            ($0.morphology.loadsSoma, $0.morphology.loadsDendrites) = (true, true)
            $0.morphology.geometry = .original
        }
        #expect(circuit.ids == [0, 1, 2])
        let values = try #require(circuit.values)
        #expect(values.start == 0 && values.end == 0.3 && values.step == 0.1 && values.unit == "ms")
        #expect(try values.indices(0, [-80, -10]).allSatisfy { $0 == 0 })
        #expect(try values.indices(0.2, [-80, -10]).allSatisfy { $0 == 255 })
        // Columns of cell 0 are 3 to 7: soma, section 1, section 2 twice, section 3.
        let middle = try values.indices(0.1, [-80, -10])
        let expected = [3, 4, 5, 6, 7].map { UInt8(Float(35 + $0) / 70 * 255) }
        #expect(Array(middle.prefix(5)) == expected)
    }

    @Test("cells light up around the times at which they fire")
    func spikes() throws {
        let circuit = try Self.load { $0.report = .spikes(transition: 2) }
        let values = try #require(circuit.values)
        #expect(values.start == 1 && values.end == 9)
        #expect(try values.indices(5, [0, 1]) == [0, 255, 0, 0])
        #expect(try values.indices(6, [0, 1]) == [0, 127, 0, 0])
        #expect(try values.indices(0, [0, 1]) == [127, 0, 0, 0])
    }

    @Test("the configuration of a circuit alone has no reports")
    func noSimulation() {
        #expect(throws: ModelError.self) {
            try Self.load("circuit_config.json") { $0.report = .spikes(transition: 1) }
        }
    }

    @Test("a file that is no configuration says so")
    func badConfig() {
        for name in ["node_sets.json", "nodes.h5", "missing.json"] {
            #expect(throws: ModelError.self) {
                try SonataConfig(Fixtures.url("circuit/\(name)").path, files: ModelFiles())
            }
        }
    }
}
