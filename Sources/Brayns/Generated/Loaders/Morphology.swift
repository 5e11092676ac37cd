// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// One nerve cell by its shape; in circuit loaders, how each cell is shown.
public struct Morphology: LoaderSettings {
    public static let loaderName = "Neuron Morphology loader"
    public static let plugin = Plugin.circuitExplorer
    public static let extensions = ["swc", "h5", "asc"]
    public static let takesUploads = false

    /// What all radii are multiplied by. At least 0.1. The server's default is 1.
    public var radiusMultiplier: Double?
    /// Whether the cell's body is shown. The server's default is `false`.
    public var loadSoma: Bool?
    /// Whether its axon is shown. The server's default is `false`.
    public var loadAxon: Bool?
    /// Whether its dendrites are shown. The server's default is `false`.
    public var loadDendrites: Bool?
    /// What its segments become. The server's default is `smooth`.
    public var geometryType: MorphologyGeometry?
    /// The cosine of an angle: segments that bend less become one; above 1 all stay. The server's default is 2.
    public var resampling: Double?
    /// Only every so many-th point is used; up to 1 all are. The server's default is 1.
    public var subsampling: Int?
    /// The part of the segments that has grown, from 0 for none to 1 for all. The server's default is 1.
    public var growth: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        radiusMultiplier: Double? = nil, loadSoma: Bool? = nil, loadAxon: Bool? = nil, loadDendrites: Bool? = nil,
        geometryType: MorphologyGeometry? = nil, resampling: Double? = nil, subsampling: Int? = nil,
        growth: Double? = nil
    ) {
        self.radiusMultiplier = radiusMultiplier
        self.loadSoma = loadSoma
        self.loadAxon = loadAxon
        self.loadDendrites = loadDendrites
        self.geometryType = geometryType
        self.resampling = resampling
        self.subsampling = subsampling
        self.growth = growth
    }

    enum CodingKeys: String, CodingKey {
        case radiusMultiplier = "radius_multiplier"
        case loadSoma = "load_soma"
        case loadAxon = "load_axon"
        case loadDendrites = "load_dendrites"
        case geometryType = "geometry_type"
        case resampling
        case subsampling
        case growth
    }
}
