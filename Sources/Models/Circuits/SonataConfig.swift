// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the configuration files of a SONATA circuit and its simulation say.
///
/// Paths may hold variables of the `manifest`, and go from the folder of the file that they stand in.
package struct SonataConfig: Sendable {
    /// One population of nodes.
    struct Nodes: Sendable {
        var file: String
        var type: String?
        /// The folders of morphologies, each with the extension of its files, the first to be tried first.
        var morphologies: [(folder: String, extension: String)]
    }

    private(set) var nodes: [String: Nodes] = [:]
    private(set) var nodeSetFiles: [String] = []
    /// The files of reports by the reports' names.
    private var reports: [String: String] = [:]
    private var spikes: String?
    private var isSimulation = false

    /// Reads the configuration of a circuit, or of a simulation, which names its circuit.
    package init(_ path: String, files: ModelFiles) throws(ModelError) {
        let own = try ConfigFile(path, files: files)
        var circuit = own
        if let network = own.json["network"] as? String {
            isSimulation = true
            circuit = try ConfigFile(own.path(network), files: files)
            readSimulation(own)
        }
        try readCircuit(circuit)
        for file in circuit === own ? [own] : [circuit, own] {
            if let sets = file.json["node_sets_file"] as? String, !sets.isEmpty { nodeSetFiles.append(file.path(sets)) }
        }
    }

    private mutating func readSimulation(_ file: ConfigFile) {
        let output = file.json["output"] as? [String: Any] ?? [:]
        let folder = file.path(output["output_dir"] as? String ?? "output")
        spikes = folder + "/" + (output["spikes_file"] as? String ?? "out.h5")
        for (name, entry) in file.json["reports"] as? [String: Any] ?? [:] {
            let own = (entry as? [String: Any])?["file_name"] as? String ?? name
            reports[name] = folder + "/" + (own.hasSuffix(".h5") ? own : own + ".h5")
        }
    }

    private mutating func readCircuit(_ file: ConfigFile) throws(ModelError) {
        let networks = file.json["networks"] as? [String: Any] ?? [:]
        let shared = Self.morphologies(file.json["components"] as? [String: Any] ?? [:], file)
        for entry in networks["nodes"] as? [[String: Any]] ?? [] {
            guard let path = entry["nodes_file"] as? String else { continue }
            let populations = entry["populations"] as? [String: Any] ?? [:]
            let name = file.path(path)
            guard !populations.isEmpty else {
                // Files of the first days name no populations: the nodes' file does.
                for population in try HDF5File(file.files.resolved(name), shown: name).members("/nodes") {
                    nodes[population] = Nodes(file: name, morphologies: shared)
                }
                continue
            }
            for (population, value) in populations {
                let settings = value as? [String: Any] ?? [:]
                nodes[population] = Nodes(
                    file: name, type: settings["type"] as? String,
                    morphologies: Self.morphologies(settings, file) + shared)
            }
        }
        guard !nodes.isEmpty else {
            throw ModelError(.corrupt, "\(file.shown) names no populations of nodes under networks.")
        }
    }

    private static func morphologies(
        _ settings: [String: Any], _ file: ConfigFile
    ) -> [(folder: String, extension: String)] {
        var result: [(String, String)] = []
        if let folder = settings["morphologies_dir"] as? String, !folder.isEmpty {
            result.append((file.path(folder), "swc"))
        }
        let others = settings["alternate_morphologies"] as? [String: Any] ?? [:]
        for (format, end) in [("neurolucida-asc", "asc"), ("h5v1", "h5")] {
            if let folder = others[format] as? String { result.append((file.path(folder), end)) }
        }
        return result
    }

    /// The file of a report.
    func reportFile(_ name: String) throws(ModelError) -> String {
        guard isSimulation else { throw Self.noSimulation }
        guard let file = reports[name] else { throw ModelError(.missingFile, "There is no report '\(name)'.") }
        return file
    }

    /// The file of spikes.
    func spikeFile() throws(ModelError) -> String {
        guard let spikes else { throw Self.noSimulation }
        return spikes
    }

    private static let noSimulation = ModelError(
        .unsupportedFeature,
        "No simulation configuration available: load the configuration of a simulation for reports.")
}

/// One JSON file with the variables it defines.
private final class ConfigFile {
    let json: [String: Any]
    let shown: String
    let files: ModelFiles
    private var manifest: [String: String] = [:]

    init(_ path: String, files: ModelFiles) throws(ModelError) {
        (shown, self.files) = (path, files)
        let bytes = try files.bytes(path)
        guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)), let json = value as? [String: Any]
        else {
            throw ModelError(.corrupt, "\(path) is no JSON object.")
        }
        self.json = json
        for (name, value) in json["manifest"] as? [String: Any] ?? [:] {
            if let value = value as? String { manifest[name.hasPrefix("$") ? name : "$" + name] = value }
        }
    }

    /// A path of the file, variables put in, beside the file unless it begins at the root.
    func path(_ text: String) -> String {
        var text = text
        // Variables may stand for others; a circle ends here too.
        for _ in 0..<8 where text.contains("$") {
            for (name, value) in manifest.sorted(by: { $0.key.count > $1.key.count }) {
                text = text.replacingOccurrences(of: "${\(name.dropFirst())}", with: value)
                text = text.replacingOccurrences(of: name, with: value)
            }
        }
        while text.hasPrefix("./") { text.removeFirst(2) }
        return ModelFiles.path(text, beside: shown)
    }
}
