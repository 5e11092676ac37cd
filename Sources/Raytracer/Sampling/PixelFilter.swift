// SPDX-License-Identifier: Apache-2.0
import CShading

#if canImport(Glibc)
    import Glibc
#endif

/// A Gaussian of three pixels' width, sampled by importance: samples crowd where the filter weighs most, so that all
/// count the same.
///
/// Tabulated in 15 by 15 cells as OSPRay does, so that samples fall where Brayns' do.
struct PixelFilter {
    private static let count = Int(SHADING_FILTER_CELLS)
    private static let width = 3.0
    private static let sigma = 0.5

    /// Shares of the rows up to and with each; the same numbers serve within a row, because a Gaussian is a product.
    private let cumulative: [Double]

    init() {
        let weights = (0..<Self.count).map { i in
            let x = ((Double(i) + 0.5) / Double(Self.count) - 0.5) * Self.width
            return exp(-0.5 * x * x / (Self.sigma * Self.sigma))
        }
        let sum = weights.reduce(0, +)
        var running = 0.0
        cumulative = weights.map { weight in
            running += weight / sum
            return running
        }
    }

    /// For each cell where its numbers end, and slope and start of the places they fall to: `place` as kernels read it.
    var cells: [Float] {
        let width = Self.width / Double(Self.count)
        var before = 0.0
        return cumulative.enumerated().flatMap { cell, end in
            let slope = width / (end - before)
            let start = Double(cell) * width - Self.width / 2 + 0.5 - slope * before
            before = end
            return [Float(end), Float(slope), Float(start)]
        }
    }

    /// Where in the filter a number 0…1 falls, in pixels from the pixel's corner.
    private func place(_ s: Double) -> Double {
        let cell = min(cumulative.firstIndex { s < $0 } ?? Self.count - 1, Self.count - 1)
        let before = cell == 0 ? 0 : cumulative[cell - 1]
        let fraction = (s - before) / (cumulative[cell] - before)
        return ((Double(cell) + fraction) / Double(Self.count) - 0.5) * Self.width + 0.5
    }

    /// The place in a pixel of a sample, the same in all pixels; sample 0 lies in the filter's middle row.
    func offset(sample: UInt32) -> SIMD2<Float> {
        let u = Halton.base2(sample)
        var v = Halton.base3(sample) + 1 / 6
        if v >= 1 { v -= 1 }
        return SIMD2(Float(place(u)), Float(place(v)))
    }
}
