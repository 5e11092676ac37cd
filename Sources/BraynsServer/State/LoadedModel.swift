// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Raytracer
import Scene

/// What was loaded or added once, shared by all its instances.
struct LoadedModel: Sendable {
    /// What it is made of.
    enum Content: Sendable {
        case geometry(GeometryContent)
        case light(Light)
        /// Shapes that cut models open.
        case clipper(Clipper)
    }

    /// Shapes to draw.
    struct GeometryContent: Sendable {
        var asset: GeometryAsset
        /// What the asset was built of, for exact bounds and for colours by part.
        var source: Model
        /// The box around everything, unplaced.
        var localBounds: Bounds
        /// Whether that box counts however the shapes lie in it.
        var isBoxed = false
        /// The ways in which it can be coloured, `solid` among them; none for models with colours of their own.
        var methods: [ColorMethod] = []
        /// One colour for everything, put over those of the file.
        var color: SIMD4<Float>?
        /// The colours of the parts, once they were given any.
        var partColors: [SIMD4<Float>]?
        /// The colours of a volume's or a simulation's values.
        var ramp: ColorRamp?
        /// What changes its colours with time.
        var simulation: ModelSimulation?
        /// The cells it is made of.
        var cells: CellList?
        /// The atlas that it shows.
        var atlas: Atlas?
    }

    /// How it came in.
    struct LoadInfo: Sendable {
        var loader: String
        var parameters: JSONValue
        var path: String
        var isUpload: Bool
    }

    /// The protocol's word for its kind: `mesh`, `light`, `geometry` ….
    var type: String
    var content: Content
    var metadata: [String: String] = [:]
    var loadInfo: LoadInfo?
    /// What the file itself asks to be placed by, before its instances are.
    var baseTransform: Transform?
    /// `nil` until a client gives one: then the file's own materials show.
    var material: MaterialState?
    /// What `get-scene-report` tells.
    var report = ModelReport()

    var isRenderable: Bool {
        if case .geometry = content { return true }
        return false
    }
    var isLight: Bool {
        if case .light = content { return true }
        return false
    }
    var isClipper: Bool {
        if case .clipper = content { return true }
        return false
    }
}

/// Facts about a file beyond what the protocol has room for.
struct ModelReport: Sendable {
    var triangles = 0
    var up: Axis?
    var warnings: [String] = []
    var missingFiles: [String] = []
    /// The lights that the file brings along; they are not put into the scene.
    var lights: [Light] = []
}
