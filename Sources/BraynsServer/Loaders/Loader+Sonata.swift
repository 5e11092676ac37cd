// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

extension Loader {
    /// Populations of cells of a SONATA circuit, with a report as their simulation.
    static let sonata = Loader(
        name: "SONATA loader", plugin: "Circuit Explorer", extensions: [".json"], properties: .sonata
    ) { input in
        let files = input.files()
        let config = try SonataConfig(input.path, files: files)
        let populations = (input.properties[list: "node_population_settings"] ?? []).map { Parameters($0) }
        guard !populations.isEmpty else { throw RPCFailure.internalError("Input load parameters are empty") }
        for population in populations {
            guard (population[list: "edge_populations"] ?? []).isEmpty else {
                throw RPCFailure.internalError("Edge populations (synapses) are not read; load nodes only")
            }
        }
        var result: [LoadedShapes] = []
        for (place, population) in populations.enumerated() {
            let request = try SonataRequest(population)
            let stage = 0.5 / Float(populations.count)
            var isFirst = true
            let circuit = try SonataCircuit(request, config: config, files: files) {
                try input.report(
                    "\(request.population) nodes load", stage * (Float(place) + (isFirst ? 0 : 1)))
                isFirst = false
            }
            result.append(LoadedShapes(circuit, request))
            try input.report("\(request.population) nodes load", stage * Float(place + 1))
        }
        try input.report("Generating rendering structures. Might take a while", 0.5)
        return result
    }

    /// BlueBrain's own circuits, in a form that nobody else has a reader of.
    static let bbp = Loader(
        name: "BBP loader", plugin: "Circuit Explorer", extensions: ["BlueConfig", "CircuitConfig"], properties: .bbp
    ) { _ in
        throw RPCFailure.internalError(
            "BlueConfig circuits are in a form of BlueBrain's own that is not read here; convert the circuit to SONATA "
                + "and use the SONATA loader")
    }

    /// The same people's placings of cells.
    static let cellPlacement = Loader(
        name: "Cell placement loader", plugin: "Circuit Explorer", extensions: ["circuit.morphologies.h5"],
        properties: .cellPlacement
    ) { _ in
        throw RPCFailure.internalError(
            "Cell placements are in a form of BlueBrain's own that is not read here; use a SONATA circuit")
    }
}

extension SonataRequest {
    /// One element of `node_population_settings`.
    fileprivate init(_ parameters: Parameters) throws(RPCFailure) {
        self.init(population: parameters[text: "node_population"] ?? "")
        nodeSets = (parameters[list: "node_sets"] ?? []).compactMap(\.stringValue)
        nodeIDs = (parameters[list: "node_ids"] ?? []).compactMap { $0.intValue.map(Int.init) }
        percentage = parameters[number: "node_percentage"].map { Float($0) } ?? percentage
        limit = parameters[integer: "node_count_limit"] ?? limit
        morphology = MorphologyOptions(parameters[object: "neuron_morphology_parameters"])
        switch parameters[text: "report_type"] ?? "none" {
        case "none": report = .none
        case "spikes": report = .spikes(transition: parameters[number: "spike_transition_time"] ?? 1)
        case "compartment", "summation": report = .compartments(name: parameters[text: "report_name"] ?? "")
        case let other:
            throw .internalError("Invalid report type for node population \(population): '\(other)' is not read")
        }
    }
}

extension LoadedShapes {
    fileprivate init(_ circuit: SonataCircuit, _ request: SonataRequest) {
        var model = circuit.model
        model.metadata = [
            "population_type": "node", "population_name": request.population,
            "loaded_neuron_count": String(circuit.ids.count),
        ]
        if !request.nodeSets.isEmpty { model.metadata["node_sets"] = request.nodeSets.joined(separator: ",") }
        let yellow = SIMD4<Float>(1, 1, 0, 1)
        let blue = SIMD4<Float>(0.55, 0.7, 1, 1)
        self.init(
            type: circuit.isAstrocytes ? "astrocytes" : "neurons", model: model,
            methods: Self.methods(circuit, request),
            color: circuit.isAstrocytes ? blue : yellow, ramp: circuit.values == nil ? nil : .voltages,
            simulation: circuit.values.map {
                ModelSimulation(start: $0.start, end: $0.end, step: $0.step, unit: $0.unit, indices: $0.indices)
            },
            cells: CellList(ids: circuit.ids, parts: circuit.parts))
    }

    private static func methods(_ circuit: SonataCircuit, _ request: SonataRequest) -> [ColorMethod] {
        var methods = [
            ColorMethod.solid,
            ColorMethod(name: "id", keys: .numbers(zip(circuit.ids, circuit.parts).map { ($0, $1) })),
        ]
        if request.morphology.loadsAnything {
            let kinds = circuit.kinds.map { ($0.key.rawValue, $0.value) }
            methods.append(
                ColorMethod(name: "morphology section", keys: .names(Dictionary(kinds) { first, _ in first })))
        }
        for property in circuit.properties {
            let groups = Dictionary(grouping: circuit.parts.indices) { property.values[$0] }
            methods.append(
                ColorMethod(name: property.name, keys: .names(groups.mapValues { $0.map { circuit.parts[$0] } })))
        }
        return methods
    }
}
