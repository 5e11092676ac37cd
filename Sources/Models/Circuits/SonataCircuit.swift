// SPDX-License-Identifier: Apache-2.0

/// The cells of one population of a SONATA circuit, as shapes.
package struct SonataCircuit: Sendable {
    /// Values over time: what `indices` takes and how long it lasts.
    package struct Values: Sendable {
        package var start: Double
        package var end: Double
        package var step: Double
        package var unit: String
        /// For each shape where its value lies in a range, 0 at the start and 255 at the end.
        package var indices: @Sendable (_ time: Double, _ range: SIMD2<Float>) throws -> [UInt8]
    }

    package private(set) var model = Model()
    package private(set) var ids: [Int] = []
    /// The shapes of each cell.
    package private(set) var parts: [Range<Int>] = []
    /// The shapes of each kind of section, all cells together.
    package private(set) var kinds: [Morphology.Kind: [Range<Int>]] = [:]
    /// Texts by which cells can be coloured, by the property's name: one a cell.
    package private(set) var properties: [(name: String, values: [String])] = []
    package private(set) var values: Values?
    /// The configuration's word for what the population is.
    package private(set) var isAstrocytes = false

    /// Loads a population.
    ///
    /// - Parameter progress: told after the cells and after the report.
    /// - Throws: `ModelError`, with `.unsupportedFeature` for populations without cells.
    package init(
        _ request: SonataRequest, config: SonataConfig, files: ModelFiles, progress: () throws -> Void
    ) throws {
        guard let settings = config.nodes[request.population] else {
            throw ModelError(.missingFile, "Population \(request.population) does not exists")
        }
        let nodes = try SonataNodes(settings.file, population: request.population, files: files)
        try checkType(nodes, settings, request)
        var report: SonataReport?
        if case .compartments(let name) = request.report {
            report = try SonataReport(try config.reportFile(name), population: request.population, files: files)
        }
        ids = try request.select(from: nodes, reported: report?.nodes, config: config, files: files)
        let cells = try build(nodes, settings, request, files)
        try progress()
        try readProperties(nodes)
        if let report {
            try show(report, cells)
            try progress()
        } else if case .spikes(let transition) = request.report {
            let spikes = try SonataSpikes(try config.spikeFile(), population: request.population, files: files)
            show(spikes, transition: transition)
            try progress()
        }
    }

    private mutating func checkType(
        _ nodes: SonataNodes, _ settings: SonataConfig.Nodes, _ request: SonataRequest
    ) throws(ModelError) {
        let type = nodes.has("model_type") ? try nodes.strings("model_type").first : nil
        let kind = type ?? settings.type ?? "biophysical"
        guard ["biophysical", "point_neuron", "astrocyte", "virtual", "single_compartment"].contains(kind) else {
            throw ModelError(
                .unsupportedFeature,
                "The population \(request.population) is of the type '\(kind)'; read are cells with morphologies "
                    + "and point neurons.")
        }
        isAstrocytes = kind == "astrocyte"
    }

    private mutating func build(
        _ nodes: SonataNodes, _ settings: SonataConfig.Nodes, _ request: SonataRequest, _ files: ModelFiles
    ) throws(ModelError) -> [(id: Int, shapes: MorphologyShapes)] {
        let positions = try nodes.positions()
        let options = request.morphology
        guard options.loadsAnything else { return buildBalls(positions, radius: options.radiusMultiplier) }
        let (names, rotations) = (try nodes.strings("morphology"), try nodes.rotations())
        var known: [String: MorphologyShapes] = [:]
        var cells: [(id: Int, shapes: MorphologyShapes)] = []
        for id in ids {
            let shapes: MorphologyShapes
            if let found = known[names[id]] {
                shapes = found
            } else {
                shapes = try Self.shapes(names[id], settings, options, files)
                known[names[id]] = shapes
            }
            cells.append((id, shapes))
            place(shapes, at: positions[id], turnedBy: rotations[id])
        }
        return cells
    }

    private static func shapes(
        _ name: String, _ settings: SonataConfig.Nodes, _ options: MorphologyOptions, _ files: ModelFiles
    ) throws(ModelError) -> MorphologyShapes {
        var problem = ModelError(.missingFile, "SonataConfig: Morphology path not available")
        for place in settings.morphologies {
            do throws(ModelError) {
                var morphology = try MorphologyReader.read("\(place.folder)/\(name).\(place.extension)", files: files)
                morphology.prepare(options)
                return MorphologyShapes(morphology, asSpheres: options.geometry == .spheres)
            } catch {
                guard error.code == .notFound else { throw error }
                problem = error
            }
        }
        throw problem
    }

    private mutating func buildBalls(
        _ positions: [SIMD3<Float>], radius: Float
    ) -> [(id: Int, shapes: MorphologyShapes)] {
        ids.map { id in
            var ball = Morphology()
            ball.soma = .init(form: .point, samples: [.init(position: .zero, radius: radius)])
            let shapes = MorphologyShapes(ball, asSpheres: true)
            place(shapes, at: positions[id], turnedBy: SIMD4(0, 0, 0, 1))
            return (id, shapes)
        }
    }

    private mutating func place(_ shapes: MorphologyShapes, at position: SIMD3<Float>, turnedBy turn: SIMD4<Float>) {
        let start = parts.last?.upperBound ?? 0
        for var sphere in shapes.primitives.spheres {
            sphere.center = position + sphere.center.turned(by: turn)
            model.primitives.spheres.append(sphere)
        }
        for var capsule in shapes.primitives.capsules {
            capsule.p0 = position + capsule.p0.turned(by: turn)
            capsule.p1 = position + capsule.p1.turned(by: turn)
            model.primitives.capsules.append(capsule)
        }
        parts.append(start..<start + shapes.count)
        for (kind, own) in shapes.kinds {
            kinds[kind, default: []].append(own.lowerBound + start..<own.upperBound + start)
        }
    }

    private mutating func readProperties(_ nodes: SonataNodes) throws(ModelError) {
        for (name, property) in Self.colorable where nodes.has(property) {
            let all = try nodes.strings(property)
            properties.append((name, ids.map { all[$0] }))
        }
    }

    /// The colour methods' names and the properties that they go by.
    private static let colorable = [
        ("etype", "etype"), ("hemisphere", "hemisphere"), ("layer", "layer"), ("morphology", "morphology"),
        ("morphology class", "morph_class"), ("mtype", "mtype"), ("region", "region"), ("subregion", "subregion"),
        ("synapse class", "synapse_class"),
    ]

    private mutating func show(_ report: SonataReport, _ cells: [(id: Int, shapes: MorphologyShapes)])
        throws(ModelError)
    {
        let columns = try report.columns(of: cells)
        values = Values(start: report.start, end: report.end, step: report.step, unit: report.unit) { time, range in
            let frame = try report.frame(at: time)
            return columns.map { column in
                let share = (frame[column] - range.x) / (range.y - range.x)
                return share > 0 ? UInt8(min(share, 1) * 255) : 0
            }
        }
    }

    private mutating func show(_ spikes: SonataSpikes, transition: Double) {
        let (ids, parts) = (ids, parts)
        values = Values(start: spikes.start, end: spikes.end, step: 0.01, unit: "") { time, _ in
            let excited = spikes.values(of: ids, at: time, transition: transition)
            return zip(parts, excited).flatMap { part, value in
                [UInt8](repeating: UInt8(value * 255), count: part.count)
            }
        }
    }
}
