// SPDX-License-Identifier: Apache-2.0

/// Values of compartments over time, in the HDF5 file of a report.
package struct SonataReport: Sendable {
    private let file: HDF5File
    private let root: String
    package let start: Double
    package let end: Double
    package let step: Double
    package let unit: String
    /// The nodes that are told of, rising.
    let nodes: [Int]
    /// For each of `nodes` the columns of its values.
    private let columns: [Range<Int>]
    /// For each column the section that its value belongs to.
    private let sections: [Int]
    private let frames: Int

    init(_ path: String, population: String, files: ModelFiles) throws(ModelError) {
        let file = try HDF5File(try files.resolved(path), shown: path)
        let root = "/report/\(population)"
        guard file.has(root) else { throw ModelError(.corrupt, "\(path) has no report of \(population).") }
        let times = try file.doubles(root + "/mapping/time")
        let extent = try file.shape(root + "/data")
        guard times.count == 3, times.allSatisfy(\.isFinite), times[2] > 0, times[1] > times[0], extent.count == 2,
            extent[0] > 0
        else { throw ModelError(.corrupt, "\(path) has no times from, to and step, or no table of values.") }
        (start, end, step, frames) = (times[0], times[1], times[2], extent[0])
        unit = file.text(attribute: "units", of: root + "/mapping/time") ?? "ms"
        let ids = try file.integers(root + "/mapping/node_ids").map { Int(clamping: $0) }
        let pointers = try file.integers(root + "/mapping/index_pointers").map { Int(clamping: $0) }
        sections = try file.integers(root + "/mapping/element_ids").map { Int(clamping: $0) }
        guard pointers.count == ids.count + 1, zip(pointers, pointers.dropFirst()).allSatisfy(<=),
            pointers[0] >= 0, let last = pointers.last, last <= sections.count, sections.count == extent[1]
        else { throw ModelError(.corrupt, "\(path) maps nodes to values that are not there.") }
        let order = ids.indices.sorted { ids[$0] < ids[$1] }
        nodes = order.map { ids[$0] }
        columns = order.map { pointers[$0]..<pointers[$0 + 1] }
        (self.file, self.root) = (file, root)
    }

    /// All values of the frame at a time.
    func frame(at time: Double) throws(ModelError) -> [Float] {
        // A time that sums steps up may fall short of its frame by rounding.
        let place = Int(((min(max(time, start), end) - start) / step + 1e-6).rounded(.down))
        return try file.floats(root + "/data", row: min(max(place, 0), frames - 1))
    }

    /// For each shape of cells the column of its value.
    ///
    /// A section's shapes are spread over its compartments; the soma's, and those of sections that are not told of, have
    /// the cell's first.
    func columns(of cells: [(id: Int, shapes: MorphologyShapes)]) throws(ModelError) -> [Int] {
        let places = Dictionary(zip(nodes, columns)) { first, _ in first }
        var result: [Int] = []
        for cell in cells {
            guard let own = places[cell.id], !own.isEmpty else {
                throw ModelError(.corrupt, "\(file.shown) has no values of the cell \(cell.id).")
            }
            result += columns(of: cell.shapes, in: own)
        }
        return result
    }

    private func columns(of shapes: MorphologyShapes, in own: Range<Int>) -> [Int] {
        var result = [Int](repeating: own.lowerBound, count: shapes.count)
        let bySection = Dictionary(grouping: own) { sections[$0] }
        for (id, parts) in shapes.sections where id >= 0 && !parts.isEmpty {
            guard let compartments = bySection[id] else { continue }
            let step = Float(compartments.count) / Float(parts.count)
            for (place, part) in parts.enumerated() {
                result[part] = compartments[min(Int(step * Float(place)), compartments.count - 1)]
            }
        }
        return result
    }
}
