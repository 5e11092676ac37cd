// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

extension Loader {
    /// The atoms of a PDB file.
    static let protein = Loader(
        name: "protein", plugin: "Molecule Explorer", extensions: ["pdb", "pdb1"],
        properties: .record(
            "ProteinLoaderParameters",
            [
                .optional(
                    "color_scheme", .choice(ProteinReader.ColorScheme.allCases.map(\.rawValue)),
                    "What the colours of atoms tell", default: "none"),
                .optional("radius_multiplier", .number(), "Factor for all radii", default: 1),
            ])
    ) { input in
        let scheme = input.properties[text: "color_scheme"].flatMap(ProteinReader.ColorScheme.init)
        let reader = ProteinReader(
            scheme: scheme ?? .none, radiusMultiplier: Float(input.properties[number: "radius_multiplier"] ?? 1))
        return [LoadedShapes(type: "protein", model: try reader.read(input.text(), shown: input.shown))]
    }

    /// Places, one a line, with one notification for each.
    static let xyz = Loader(
        name: "xyz", plugin: "Molecule Explorer", extensions: ["xyz"], isBinary: true
    ) { input in
        let model = try SphereListReader.read(input.text(), shown: input.shown) { share in
            try input.report("Loading...", share)
        }
        let count = model.primitives.spheres.count
        return [
            LoadedShapes(
                type: "xyz", model: model, methods: [.solid, ColorMethod(name: "vertex", keys: .parts(count: count))])
        ]
    }
}
