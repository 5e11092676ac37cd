// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Scene

/// One way to look at an atlas; the raw values are the protocol's names.
enum AtlasUseCase: String, CaseIterable, Sendable {
    /// Known by its name and never offered, as with a real Brayns.
    case collage = "Area collage"
    case density = "Density"
    case column = "Highlight column"
    case layerDistance = "Layer distance"
    case orientations = "Orientation field"
    case vectors = "Vector field"
    case outline = "Outline mesh shell"
    case areas = "Flatmap areas"

    func isFor(_ kind: Atlas.Kind) -> Bool {
        switch self {
        case .collage: false
        case .column, .outline: true
        case .density: kind == .scalar
        case .layerDistance: kind == .layerDistance
        case .orientations: kind == .orientation
        case .vectors: kind == .vector
        case .areas: kind == .flatmap
        }
    }

    /// What its parameters look like, `nil` when it takes none.
    var parameters: Shape? {
        switch self {
        case .column: Self.columnParameters
        case .layerDistance: Self.layerParameters
        default: nil
        }
    }

    private static let columnParameters = Shape.record(
        "HighlightColumParams",
        [
            .required("color", .vector4, "The column's colour"),
            .optional(
                "neighbours",
                .list(
                    .record(
                        "HighlightNeighbour",
                        [
                            .required("color", .vector4, "Its colour"),
                            .required("relative_xz", .integers2, "Voxels from the column along x and z"),
                        ])), "Further columns"),
            .required("xz_coordinate", .integers2, "The column's place along x and z, in voxels"),
        ])

    // The name is that of a real Brayns, which mixed it up with the one above.
    private static let layerParameters = Shape.record(
        "LayerDistanceParameters",
        [.required("xz_coordinate", .choice(["lower", "upper"]), "Which bound of a layer is meant")])

    /// What an atlas looks like in this way.
    ///
    /// - Throws: `RPCFailure` for parameters of another look, `ModelError` for an atlas without what is to be shown.
    func shapes(of atlas: Atlas, _ values: Parameters) throws -> LoadedShapes {
        if let parameters {
            let breaches = JSONSchema(parameters.jsonSchema).validate(.object(values.members))
            guard breaches.isEmpty else {
                throw RPCFailure.invalidParams("Could not parse use case parameters", breaches)
            }
        }
        let picture = try picture(of: atlas, values)
        var shapes = LoadedShapes(type: "atlas", model: picture.model, ramp: picture.ramp, atlas: atlas)
        if self == .outline {
            shapes.methods = [.solid]
            shapes.color = SIMD4(1, 1, 1, 0.3)
            let size = SIMD3<Float>(atlas.dimensions) * atlas.spacing
            shapes.box = Bounds(min: .zero, max: Vector3(size))
        }
        return shapes
    }

    private func picture(of atlas: Atlas, _ values: Parameters) throws -> Atlas.Picture {
        switch self {
        case .collage: throw RPCFailure.internalError("Area collage use case not implemented")
        case .density: return try atlas.density()
        case .column: return try atlas.columns(Self.columns(values))
        case .layerDistance: return try atlas.layerDistance(isUpper: values[text: "xz_coordinate"] == "upper")
        case .orientations: return try atlas.orientationField()
        case .vectors: return try atlas.vectorField()
        case .outline: return atlas.outline()
        case .areas: return try atlas.flatmapAreas()
        }
    }

    private static func columns(_ values: Parameters) throws(RPCFailure) -> [AtlasColumn] {
        let neighbours = (values[list: "neighbours"] ?? []).map { Parameters($0) }
        guard let first = AtlasColumn(values, "xz_coordinate", from: .zero) else {
            throw .invalidParams("Could not parse use case parameters")
        }
        return [first] + neighbours.compactMap { AtlasColumn($0, "relative_xz", from: first.place) }
    }
}

extension AtlasColumn {
    fileprivate init?(_ values: Parameters, _ name: String, from start: SIMD2<Int>) {
        let numbers = (values[list: name] ?? []).compactMap { $0.intValue.map { Int(clamping: $0) } }
        guard numbers.count == 2, let color = values.single4("color") else { return nil }
        self.init(place: start &+ SIMD2(numbers[0], numbers[1]), color: color)
    }
}

extension Shape {
    fileprivate static let integers2 = Shape.list(.integer(), min: 2, max: 2)
}
