// SPDX-License-Identifier: Apache-2.0

/// Reads fibres as rods from point to point, coloured by the way they go.
package enum StreamlineReader {
    /// Reads lines of a count and as many points, three numbers each; empty lines hold no fibre.
    ///
    /// - Throws: `ModelError` with `.corrupt` for lines that hold something else, `.empty` when there is none.
    package static func read(_ text: String, radius: Float, shown: String) throws(ModelError) -> Model {
        var model = Model()
        for (row, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard let first = fields.first else { continue }
            let numbers = fields.dropFirst().compactMap { Float($0) }
            guard let count = Int(first), count > 0, count <= fields.count, numbers.count == 3 * count,
                fields.count == numbers.count + 1, numbers.allSatisfy(\.isFinite)
            else {
                throw ModelError(.corrupt, "Row \(row) of \(shown) is not a count and as many points.")
            }
            let points = (0..<count).map { SIMD3(numbers[3 * $0], numbers[3 * $0 + 1], numbers[3 * $0 + 2]) }
            for (start, end) in zip(points, points.dropFirst()) {
                model.primitives.capsules.append(
                    .init(p0: start, p1: end, r0: radius, r1: radius, color: color(of: end - start)))
            }
        }
        guard !model.primitives.capsules.isEmpty else { throw ModelError(.empty, "\(shown) holds no fibres.") }
        return model
    }

    /// Halfway between grey and the direction's parts.
    private static func color(of way: SIMD3<Float>) -> SIMD4<Float> {
        let length = (way * way).sum().squareRoot()
        guard length > 0 else { return SIMD4(0.5, 0.5, 0.5, 1) }
        return SIMD4(0.5 + way / length * 0.5, 1)
    }
}
