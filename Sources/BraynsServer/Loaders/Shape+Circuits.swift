// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension Shape {
    private static let fraction = Shape.number(min: 0, max: 1)

    /// What the SONATA loader takes.
    static let sonata = Shape.record(
        "SonataLoaderParameters",
        [
            .required(
                "node_population_settings", .list(nodePopulation), "The populations of nodes, and how each is loaded")
        ])

    private static let nodePopulation = Shape.record(
        "SonataNodePopulationParameters",
        [
            .optional("edge_populations", .list(edgePopulation), "Synapses to load with the nodes"),
            .optional("neuron_morphology_parameters", .morphology, "How cells are drawn", default: [:]),
            .optional("node_count_limit", .count, "The most nodes"),
            .optional("node_ids", .list(.count), "Just these nodes"),
            .optional("node_percentage", fraction, "Share of the nodes, 0 to 1", default: 0.01),
            .required("node_population", .string, "The population's name"),
            .optional("node_sets", .list(.string), "Sets that the nodes must be in one of"),
            .optional("report_name", .string, "The report to show over time"),
            .optional(
                "report_type",
                .choice([
                    "none", "spikes", "compartment", "summation", "synapse", "bloodflow_pressure", "bloodflow_speed",
                    "bloodflow_radii",
                ]), "What is shown over time", default: "none"),
            .optional(
                "spike_transition_time", .number(min: 0), "Time in which a spike appears, and fades", default: 1),
            .optional(
                "vasculature_geometry_parameters",
                .record(
                    "VasculatureGeometrySettings",
                    [.optional("radius_multiplier", .number(min: 0.1), "Factor for all radii", default: 1)]),
                "How vessels are drawn", default: [:]),
        ])

    private static let edgePopulation = Shape.record(
        "SonataEdgePopulationParameters",
        [
            .optional("edge_percentage", fraction, "Share of the edges, 0 to 1", default: 1),
            .required("edge_population", .string, "The population's name"),
            .optional("edge_report_name", .string, "A report to show over time"),
            .required("load_afferent", .bool, "Whether edges that arrive are loaded, or those that leave"),
            .optional("radius", .number(min: 0.1), "Radius of synapses", default: 2),
        ])

    /// What the BBP loader takes.
    static let bbp = Shape.record(
        "BBPLoaderParameters",
        [
            .optional("gids", .list(.count), "Just these cells"),
            .optional("load_afferent_synapses", .bool, "Whether synapses that arrive are drawn", default: false),
            .optional("load_efferent_synapses", .bool, "Whether synapses that leave are drawn", default: false),
            .optional("neuron_morphology_parameters", .morphology, "How cells are drawn", default: [:]),
            .optional("percentage", fraction, "Share of the cells, 0 to 1", default: 0.1),
            .optional("report_name", .string, "The report to show over time"),
            .optional(
                "report_type", .choice(["none", "spikes", "compartment"]), "What is shown over time", default: "none"),
            .optional(
                "spike_transition_time", .number(min: 0), "Time in which a spike appears, and fades", default: 1),
            .optional("targets", .list(.string), "Targets that the cells must be in one of"),
        ])

    /// What the cell placement loader takes.
    static let cellPlacement = Shape.record(
        "CellPlacementLoaderParameters",
        [
            .optional("extension", .string, "Extension of the morphologies"),
            .optional("ids", .list(.count), "Just these cells"),
            .optional("morphology_folder", .string, "Where the morphologies are"),
            .optional("morphology_parameters", .morphology, "How cells are drawn", default: [:]),
            .optional("percentage", fraction, "Share of the cells, 0 to 1", default: 1),
        ])
}
