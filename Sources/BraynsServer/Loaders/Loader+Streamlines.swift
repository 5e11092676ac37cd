// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

extension Loader {
    /// Nerve fibres found by diffusion imaging.
    static let streamlines = Loader(
        name: "DTI loader", plugin: "DTI", extensions: ["json"],
        properties: .record(
            "DTILoaderParameters",
            [
                .required("radius", .number(), "Radius of the fibres, in scene units"),
                .optional(
                    "spike_decay_time", .number(min: 0), "Time in which a spike runs through a fibre, in ms", default: 1
                ),
            ])
    ) { input in
        try input.report("Reading configuration", 0)
        let files = input.files()
        let config = try StreamlineConfig(input.path, files: files)
        guard config.circuit.isEmpty else {
            throw RPCFailure.internalError(
                "The spikes of \(config.circuit) are in a form of BlueBrain's own that is not read here; leave "
                    + "circuit_path out to see the fibres without them")
        }
        // Only spikes need to know which cell a fibre belongs to.
        try input.report("Reading gid to row mapping file (might take time)", 0.2)
        try input.report("Loading streamlines", 0.4)
        let text = try files.text(config.streamlines)
        try input.report("Generating geometry", 0.6)
        let radius = Float(input.properties[number: "radius"] ?? 0)
        let model = try StreamlineReader.read(text, radius: radius, shown: config.streamlines)
        try input.report("Loading simulation", 0.8)
        try input.report("Done", 1)
        return [LoadedShapes(type: "dti", model: model)]
    }
}
