// SPDX-License-Identifier: Apache-2.0
import Foundation

extension SonataRequest {
    /// The numbers of the cells asked for, rising.
    func select(
        from nodes: SonataNodes, reported: [Int]?, config: SonataConfig, files: ModelFiles
    ) throws(ModelError) -> [Int] {
        var ids = nodeIDs.isEmpty ? try members(nodes, config, files) : Array(Set(nodeIDs)).sorted()
        if let outside = ids.first(where: { $0 < 0 || $0 >= nodes.count }) {
            throw ModelError(
                .corrupt, "The population \(population) has \(nodes.count) cells; there is no cell \(outside).")
        }
        if let reported {
            let known = Set(reported)
            ids.removeAll { !known.contains($0) }
        }
        if nodeIDs.isEmpty { ids = Self.thinned(ids, to: percentage) }
        guard !ids.isEmpty else { throw ModelError(.empty, "Empty node selection for \(population)") }
        return limit > 0 && ids.count > limit ? Self.thinned(ids, to: Float(limit) / Float(ids.count)) : ids
    }

    /// Every so many of the cells, as Brayns picks them.
    private static func thinned(_ ids: [Int], to share: Float) -> [Int] {
        guard share < 1 else { return ids }
        guard share > 0 else { return [] }
        // A share may be so small that its inverse has no end.
        let step = max(1, Int(min(Float(ids.count) / (Float(ids.count) * share), Float(ids.count))))
        return stride(from: 0, to: ids.count, by: step).map { ids[$0] }
    }

    private func members(
        _ nodes: SonataNodes, _ config: SonataConfig, _ files: ModelFiles
    ) throws(ModelError) -> [Int] {
        guard !nodeSets.isEmpty else { return Array(0..<nodes.count) }
        let sets = try SonataNodeSets(config.nodeSetFiles, files: files)
        var chosen: Set<Int> = []
        for name in nodeSets { chosen.formUnion(try sets.members(name, population: population, nodes: nodes)) }
        return chosen.sorted()
    }
}

/// Named sets of cells: by number, by properties, or as unions of others.
private struct SonataNodeSets {
    private var sets: [String: Any] = [:]

    init(_ paths: [String], files: ModelFiles) throws(ModelError) {
        guard !paths.isEmpty else { throw ModelError(.missingFile, "No node sets in config") }
        for path in paths {
            let bytes = try files.bytes(path)
            guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)), let own = value as? [String: Any]
            else {
                throw ModelError(.corrupt, "\(path) is no JSON object.")
            }
            sets.merge(own) { _, new in new }
        }
    }

    func members(
        _ name: String, population: String, nodes: SonataNodes, depth: Int = 0
    ) throws(ModelError) -> Set<Int> {
        guard depth < 32 else { throw ModelError(.corrupt, "The node set '\(name)' is made of itself.") }
        if let parts = sets[name] as? [String] {
            var result: Set<Int> = []
            for part in parts {
                result.formUnion(try members(part, population: population, nodes: nodes, depth: depth + 1))
            }
            return result
        }
        guard let rule = sets[name] as? [String: Any] else {
            throw ModelError(.missingFile, "Invalid node set: '\(name)'")
        }
        var result = Set(0..<nodes.count)
        for (key, value) in rule {
            switch key {
            case "population":
                let names = value as? [String] ?? [value as? String ?? ""]
                if !names.contains(population) { return [] }
            case "node_id":
                let ids = value as? [Int] ?? [value as? Int ?? -1]
                result.formIntersection(ids)
            default: result.formIntersection(try matching(key, value, nodes))
            }
        }
        return result
    }

    private func matching(_ key: String, _ value: Any, _ nodes: SonataNodes) throws(ModelError) -> [Int] {
        guard nodes.has(key) else { throw ModelError(.corrupt, "Node sets ask for '\(key)', which the cells lack.") }
        let wanted = value as? [Any] ?? [value]
        if let texts = wanted as? [String] {
            let own = try nodes.strings(key)
            return own.indices.filter { texts.contains(own[$0]) }
        }
        guard let numbers = wanted as? [Double] else {
            throw ModelError(.unsupportedFeature, "Node sets compare '\(key)' in a way that is not read.")
        }
        let own = try nodes.floats(key)
        return own.indices.filter { numbers.contains(Double(own[$0])) }
    }
}
