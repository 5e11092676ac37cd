// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

/// The numbers that all pixels share, for the samples of one pass.
struct SampleTables {
    /// Places in the pixel, two a sample.
    private(set) var offsets: [Float] = []
    /// Where numbers fall in the pixel filter, for samples that each pixel places by itself.
    private(set) var filter: [Float] = []
    /// Four an occlusion ray: cosine and sine of the angle, the number that chooses the height, and nothing.
    private(set) var occlusion: [Float] = []
    /// `Sobol.dimensions` a sample, for the path tracer and volumes.
    private(set) var sobol: [Float] = []

    /// The sequence's first points lie on a coarse grid and are left out.
    private static let skipped: UInt32 = 64

    init(first: Int, count: Int, occlusionRays: Int, usesSobol: Bool) {
        let filter = PixelFilter()
        self.filter = filter.cells
        for sample in first..<(first + count) {
            let offset = filter.offset(sample: UInt32(truncatingIfNeeded: sample))
            offsets += [offset.x, offset.y]
            if usesSobol {
                let index = UInt32(truncatingIfNeeded: sample) &+ Self.skipped
                sobol += (0..<Sobol.dimensions).map { Sobol.shared.value(index, dimension: $0) }
            }
            for ray in 0..<occlusionRays {
                let index = UInt32(truncatingIfNeeded: sample &* occlusionRays &+ ray)
                let angle = 2 * Double.pi * Halton.base5(index)
                occlusion += [Float(cos(angle)), Float(sin(angle)), Float(Halton.base7(index)), 0]
            }
        }
    }
}
