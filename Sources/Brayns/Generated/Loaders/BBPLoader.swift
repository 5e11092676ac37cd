// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// A circuit of the Blue Brain Project, by its configuration file.
public struct BBPLoader: LoaderSettings {
    public static let loaderName = "BBP loader"
    public static let plugin = Plugin.circuitExplorer
    public static let extensions = ["BlueConfig", "CircuitConfig"]
    public static let takesUploads = false

    /// The part of the cells that is loaded, where `gids` names none; 0.1 is a tenth. From 0 to 1. The server's default
    /// is 0.1.
    public var percentage: Double?
    /// The cells to load, which makes `percentage` and `targets` mean nothing.
    public var gids: [Int]?
    /// The targets to load; none is the circuit's own.
    public var targets: [String]?
    /// What colours the cells over time. The server's default is `none`.
    public var reportType: BBPReport?
    /// The report's name, for compartment reports.
    public var reportName: String?
    /// Milliseconds that a spike takes to fade, for spike reports. At least 0. The server's default is 1.
    public var spikeTransitionTime: Double?
    /// Whether synapses that come in are shown. The server's default is `false`.
    public var loadAfferentSynapses: Bool?
    /// Whether synapses that go out are shown. The server's default is `false`.
    public var loadEfferentSynapses: Bool?
    /// How each cell is shown.
    public var morphology: Morphology?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        percentage: Double? = nil, gids: [Int]? = nil, targets: [String]? = nil, reportType: BBPReport? = nil,
        reportName: String? = nil, spikeTransitionTime: Double? = nil, loadAfferentSynapses: Bool? = nil,
        loadEfferentSynapses: Bool? = nil, morphology: Morphology? = nil
    ) {
        self.percentage = percentage
        self.gids = gids
        self.targets = targets
        self.reportType = reportType
        self.reportName = reportName
        self.spikeTransitionTime = spikeTransitionTime
        self.loadAfferentSynapses = loadAfferentSynapses
        self.loadEfferentSynapses = loadEfferentSynapses
        self.morphology = morphology
    }

    enum CodingKeys: String, CodingKey {
        case percentage
        case gids
        case targets
        case reportType = "report_type"
        case reportName = "report_name"
        case spikeTransitionTime = "spike_transition_time"
        case loadAfferentSynapses = "load_afferent_synapses"
        case loadEfferentSynapses = "load_efferent_synapses"
        case morphology = "neuron_morphology_parameters"
    }
}
