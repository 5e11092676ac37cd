// SPDX-License-Identifier: Apache-2.0

/// Reads morphologies of the HDF5 form, version 1: a table of places and one of where each section begins.
enum MorphologyFile {
    /// - Throws: `ModelError` with `.corrupt` for tables that do not fit together.
    static func read(_ path: String, shown: String) throws(ModelError) -> Morphology {
        let file = try HDF5File(path, shown: shown)
        let (points, structure) = (try file.shape("/points"), try file.shape("/structure"))
        guard points.count == 2, points[1] == 4, structure.count == 2, structure[1] == 3 else {
            throw ModelError(.corrupt, "\(shown) has no points of four and no structure of three numbers each.")
        }
        let numbers = try file.floats("/points")
        guard numbers.allSatisfy(\.isFinite) else {
            throw ModelError(.corrupt, "\(shown) has places that are no numbers.")
        }
        let samples = (0..<points[0]).map { place in
            Morphology.Sample(
                position: SIMD3(numbers[4 * place], numbers[4 * place + 1], numbers[4 * place + 2]),
                radius: max(0, numbers[4 * place + 3] / 2))
        }
        return try morphology(samples, try file.integers("/structure").map { Int(clamping: $0) }, shown)
    }

    private static func morphology(
        _ samples: [Morphology.Sample], _ table: [Int], _ shown: String
    ) throws(ModelError) -> Morphology {
        var result = Morphology()
        let count = table.count / 3
        for row in 0..<count {
            let (start, type, parent) = (table[3 * row], table[3 * row + 1], table[3 * row + 2])
            let end = row + 1 < count ? table[3 * row + 3] : samples.count
            guard start >= 0, start <= end, end <= samples.count, parent < row else {
                throw ModelError(.corrupt, "\(shown) has a section \(row) that lies outside its points.")
            }
            let own = Array(samples[start..<end])
            if type == 1 {
                if !own.isEmpty { result.soma = .init(form: own.count == 1 ? .point : .contour, samples: own) }
            } else if let kind = [2: Morphology.Kind.axon, 3: .dendrite, 4: .apicalDendrite][type] {
                // Sections at the soma name it, or nothing, as their parent.
                let isRoot = parent < 0 || table[3 * parent + 1] == 1
                result.sections.append(
                    .init(id: row, parent: isRoot ? -1 : parent, kind: kind, samples: own))
            }
        }
        return result
    }
}
