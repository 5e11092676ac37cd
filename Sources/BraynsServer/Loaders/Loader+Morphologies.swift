// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

extension Loader {
    /// One nerve cell.
    static let morphology = Loader(
        name: "Neuron Morphology loader", plugin: "Circuit Explorer", extensions: MorphologyReader.extensions,
        properties: .morphology
    ) { input in
        let options = MorphologyOptions(input.properties)
        guard options.loadsAnything else { throw RPCFailure.invalidParams("Nothing to load on the morphology") }
        try input.report("Loading \(input.path)", 0)
        var morphology = try MorphologyReader.read(input.path, files: input.files())
        morphology.prepare(options)
        let shapes = MorphologyShapes(morphology, asSpheres: options.geometry == .spheres)
        var model = Model()
        model.primitives = shapes.primitives
        let sections = shapes.sections.map { (String($0.id), [$0.parts]) }
        let kinds = shapes.kinds.map { ($0.kind.rawValue, [$0.parts]) }
        return [
            LoadedShapes(
                type: "morphology", model: model,
                methods: [
                    .solid,
                    ColorMethod(
                        name: "morphology section geometry",
                        keys: .names(Dictionary(sections) { first, _ in first })),
                    ColorMethod(name: "morphology section", keys: .names(Dictionary(kinds) { first, _ in first })),
                ])
        ]
    }
}

extension MorphologyOptions {
    /// The options as a request gives them; what it leaves out has its default.
    init(_ parameters: Parameters?) {
        self.init()
        guard let parameters else { return }
        geometry = parameters[text: "geometry_type"].flatMap(Geometry.init) ?? geometry
        loadsSoma = parameters[bool: "load_soma"] ?? loadsSoma
        loadsAxon = parameters[bool: "load_axon"] ?? loadsAxon
        loadsDendrites = parameters[bool: "load_dendrites"] ?? loadsDendrites
        radiusMultiplier = parameters[number: "radius_multiplier"].map { Float($0) } ?? radiusMultiplier
        resampling = parameters[number: "resampling"].map { Float($0) } ?? resampling
        subsampling = parameters[integer: "subsampling"] ?? subsampling
        growth = parameters[number: "growth"].map { Float($0) } ?? growth
    }
}

extension Shape {
    /// How nerve cells are drawn.
    static let morphology = Shape.record(
        "NeuronMorphologyLoaderParameters",
        [
            .optional(
                "geometry_type", .choice(MorphologyOptions.Geometry.allCases.map(\.rawValue)),
                "What is made of the samples", default: "smooth"),
            .optional("growth", .number(), "Share of each branch that is drawn, 0 to 1", default: 1),
            .optional("load_axon", .bool, "Whether axons are drawn", default: false),
            .optional("load_dendrites", .bool, "Whether dendrites are drawn", default: false),
            .optional("load_soma", .bool, "Whether the soma is drawn", default: false),
            // The least factor is a single-precision number in the protocol's eyes.
            .optional("radius_multiplier", .number(min: 0.1), "Factor for all radii", default: 1),
            .optional(
                "resampling", .number(), "Cosine of the angle from which on two segments are joined; none above 1",
                default: 2),
            .optional("subsampling", .count, "Every how many samples are kept; all up to 1", default: 1),
        ])
}
