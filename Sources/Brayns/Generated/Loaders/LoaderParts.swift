// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// One population of nodes, and how it is loaded.
public struct SonataPopulation: Codable, Hashable, Sendable {
    /// Its name.
    public var nodePopulation: String
    /// The part of its nodes that is loaded, where `nodeIDs` names none; 0.1 is a tenth. From 0 to 1. The server's
    /// default is 0.01.
    public var nodePercentage: Double?
    /// The nodes to load, which makes `nodePercentage` and `nodeSets` mean nothing.
    public var nodeIDs: [Int]?
    /// Node sets, by name or regular expression, that nodes must belong to.
    public var nodeSets: [String]?
    /// No more nodes than this.
    public var nodeCountLimit: Int?
    /// What colours the nodes over time. The server's default is `none`.
    public var reportType: SonataReport?
    /// The report's file, where the type has one.
    public var reportName: String?
    /// Milliseconds that a spike takes to fade, for spike reports. At least 0. The server's default is 1.
    public var spikeTransitionTime: Double?
    /// How each cell is shown; vessels have the next.
    public var morphology: Morphology?
    /// How each vessel is shown.
    public var vasculature: VasculatureGeometry?
    /// The populations of edges to load with it.
    public var edgePopulations: [SonataEdges]?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        nodePopulation: String, nodePercentage: Double? = nil, nodeIDs: [Int]? = nil, nodeSets: [String]? = nil,
        nodeCountLimit: Int? = nil, reportType: SonataReport? = nil, reportName: String? = nil,
        spikeTransitionTime: Double? = nil, morphology: Morphology? = nil, vasculature: VasculatureGeometry? = nil,
        edgePopulations: [SonataEdges]? = nil
    ) {
        self.nodePopulation = nodePopulation
        self.nodePercentage = nodePercentage
        self.nodeIDs = nodeIDs
        self.nodeSets = nodeSets
        self.nodeCountLimit = nodeCountLimit
        self.reportType = reportType
        self.reportName = reportName
        self.spikeTransitionTime = spikeTransitionTime
        self.morphology = morphology
        self.vasculature = vasculature
        self.edgePopulations = edgePopulations
    }

    enum CodingKeys: String, CodingKey {
        case nodePopulation = "node_population"
        case nodePercentage = "node_percentage"
        case nodeIDs = "node_ids"
        case nodeSets = "node_sets"
        case nodeCountLimit = "node_count_limit"
        case reportType = "report_type"
        case reportName = "report_name"
        case spikeTransitionTime = "spike_transition_time"
        case morphology = "neuron_morphology_parameters"
        case vasculature = "vasculature_geometry_parameters"
        case edgePopulations = "edge_populations"
    }
}

/// One population of edges, and how it is loaded.
public struct SonataEdges: Codable, Hashable, Sendable {
    /// Its name.
    public var edgePopulation: String
    /// Whether edges that come in are loaded, or those that go out.
    public var loadAfferent: Bool
    /// The part of its edges that is loaded; 0.1 is a tenth. From 0 to 1. The server's default is 1.
    public var edgePercentage: Double?
    /// The synapse report that colours them.
    public var edgeReportName: String?
    /// Radius of a synapse's ball, in scene units. At least 0.1. The server's default is 2.
    public var radius: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        edgePopulation: String, loadAfferent: Bool, edgePercentage: Double? = nil, edgeReportName: String? = nil,
        radius: Double? = nil
    ) {
        self.edgePopulation = edgePopulation
        self.loadAfferent = loadAfferent
        self.edgePercentage = edgePercentage
        self.edgeReportName = edgeReportName
        self.radius = radius
    }

    enum CodingKeys: String, CodingKey {
        case edgePopulation = "edge_population"
        case loadAfferent = "load_afferent"
        case edgePercentage = "edge_percentage"
        case edgeReportName = "edge_report_name"
        case radius
    }
}

/// How vessels are shown.
public struct VasculatureGeometry: Codable, Hashable, Sendable {
    /// What all radii are multiplied by. At least 0.1. The server's default is 1.
    public var radiusMultiplier: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(radiusMultiplier: Double? = nil) {
        self.radiusMultiplier = radiusMultiplier
    }

    enum CodingKeys: String, CodingKey {
        case radiusMultiplier = "radius_multiplier"
    }
}
