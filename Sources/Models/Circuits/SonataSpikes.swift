// SPDX-License-Identifier: Apache-2.0

/// When cells fired, in the HDF5 file of a simulation.
package struct SonataSpikes: Sendable {
    /// Rising.
    private let times: [Double]
    private let nodes: [Int]
    package let start: Double
    package let end: Double

    init(_ path: String, population: String, files: ModelFiles) throws(ModelError) {
        let file = try HDF5File(try files.resolved(path), shown: path)
        let root = "/spikes/\(population)"
        guard file.has(root) else { throw ModelError(.corrupt, "\(path) has no spikes of \(population).") }
        let when = try file.doubles(root + "/timestamps")
        let who = try file.integers(root + "/node_ids").map { Int(clamping: $0) }
        guard when.count == who.count, when.allSatisfy(\.isFinite) else {
            throw ModelError(.corrupt, "\(path) has \(when.count) times for \(who.count) spikes.")
        }
        let order = when.indices.sorted { when[$0] < when[$1] }
        (times, nodes) = (order.map { when[$0] }, order.map { who[$0] })
        (start, end) = (times.first ?? 0, times.last ?? 0)
    }

    /// How excited each of these cells is at a time, 0 to 1: it rises and falls over `transition` around each spike.
    func values(of ids: [Int], at time: Double, transition: Double) -> [Float] {
        let places = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
        var result = [Float](repeating: 0, count: ids.count)
        var place = times.partitioningIndex { $0 >= time - transition }
        while place < times.count, times[place] <= time + transition {
            if let cell = places[nodes[place]] {
                let distance = abs(times[place] - time)
                result[cell] = distance == 0 ? 1 : Float(1 - min(1, distance / transition))
            }
            place += 1
        }
        return result
    }
}

extension [Double] {
    /// The first place from which on a condition holds; it must hold for all behind one that it holds for.
    fileprivate func partitioningIndex(where isBehind: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
