// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

/// The numbers that all pixels share, for the samples of one pass.
struct SampleTables {
    /// Places in the pixel, two a sample.
    private(set) var offsets: [Float] = []
    /// Four an occlusion ray: cosine and sine of the angle, the number that chooses the height, and nothing.
    private(set) var occlusion: [Float] = []

    init(first: Int, count: Int, occlusionRays: Int) {
        let filter = PixelFilter()
        for sample in first..<(first + count) {
            let offset = filter.offset(sample: UInt32(truncatingIfNeeded: sample))
            offsets += [offset.x, offset.y]
            for ray in 0..<occlusionRays {
                let index = UInt32(truncatingIfNeeded: sample &* occlusionRays &+ ray)
                let angle = 2 * Double.pi * Halton.base5(index)
                occlusion += [Float(cos(angle)), Float(sin(angle)), Float(Halton.base7(index)), 0]
            }
        }
    }
}
