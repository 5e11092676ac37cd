// SPDX-License-Identifier: Apache-2.0

/// Reads text with one place a line as white spheres, as Brayns reads `.xyz` files.
package enum SphereListReader {
    /// What every place is drawn with, in scene units.
    package static let radius: Float = 0.15

    /// Spheres of all lines that are not empty and do not begin with `#`.
    ///
    /// - Parameter progress: told the share done after each line.
    /// - Throws: `ModelError` with `.corrupt` for a line that is not three numbers, `.empty` when there is none.
    package static func read(
        _ text: String, shown: String, progress: (Float) throws -> Void
    ) throws -> Model {
        var model = Model()
        let lineCount = Float(text.utf8.count { $0 == UInt8(ascii: "\n") })
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let fields = line.split { $0.isWhitespace }
            guard let first = fields.first, !first.hasPrefix("#") else { continue }
            let values = fields.compactMap { Float($0) }
            guard fields.count == 3, values.count == 3, values.allSatisfy(\.isFinite) else {
                throw ModelError(.corrupt, "Line \(number) of \(shown) is not three numbers: \(line.prefix(60))")
            }
            try progress(Float(model.primitives.spheres.count) / max(1, lineCount))
            model.primitives.spheres.append(
                .init(center: SIMD3(values[0], values[1], values[2]), radius: radius, color: SIMD4(repeating: 1)))
        }
        guard !model.primitives.spheres.isEmpty else { throw ModelError(.empty, "\(shown) holds no places.") }
        return model
    }
}
