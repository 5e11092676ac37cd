// SPDX-License-Identifier: Apache-2.0
import CVector

/// A picture and its guides as planes of floats, each with a margin in which neighbours can be read.
///
/// The margin repeats the picture's edge. Nothing in it is not finite.
final class DenoiseField: @unchecked Sendable {
    // Sendable: threads write to rows of their own.

    /// What planes there are, in memory order.
    enum Plane {
        /// 1 in the picture, 0 in the margin.
        static let mask = 0
        /// Red, green, blue, alpha.
        static let color = 1
        /// Variance of the colour, summed over its channels.
        static let noise = 5
        /// Albedo and normal over the samples that the colour has.
        static let guides = 6
        /// The same over more samples, or the same once more.
        static let fine = 12
        /// Variance of those, summed.
        static let fineNoise = 18
        /// Those without noise.
        static let clean = 19
        static let spare = 25
        static let count = 26
    }

    /// How far neighbours are read, the patch around them included.
    static let reach = 6
    private static let margin = 16

    let width: Int
    let height: Int
    /// Floats from row to row, and from plane to plane.
    let row: Int
    let plane: Int
    /// Whether there are guides of more samples than the colour.
    var hasFine = false
    /// How much noise guides are taken to have.
    var guideNoise = GuideNoise(samples: 4)
    /// The mean of colour where there is coverage, before anything is done to it.
    var meanLight: Float = 0
    /// Light of the three colours that `calm` took away.
    var calmed = SIMD4<Double>.zero
    private let pixels: PixelMemory
    private let memory: UnsafeMutablePointer<Float>

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        // Vectors reach to the end of a tile and, from there, a neighbour further.
        row = (width + DenoiseTile.width + 15) / 16 * 16 + 3 * Self.margin
        plane = row * (height + DenoiseTile.rows + 2 * Self.reach)
        // Zeroed as it comes: the threads that fill rows fetch their memory.
        pixels = PixelMemory(byteCount: 4 * plane * Plane.count, isZeroed: true)
        memory = pixels.base.bindMemory(to: Float.self, capacity: plane * Plane.count)
    }

    /// The planes of which one has to be above zero where a pixel is to change. Colour without noise stays, unless
    /// samples that it does not have show what it has missed.
    var variations: [Int] { hasFine ? [Plane.noise, Plane.fineNoise] : [Plane.noise] }

    /// The sample of a plane at a pixel, which may lie in the margin.
    func place(_ plane: Int, x: Int = 0, y: Int) -> UnsafeMutablePointer<Float> {
        memory + plane * self.plane + (y + Self.reach) * row + Self.margin + x
    }

    /// Part of the planes from one on, as kernels take it: all of a tile, or a box of it.
    func part(_ plane: Int, _ tile: DenoiseTile, _ box: DenoiseBox? = nil) -> vec_field {
        let box = box ?? DenoiseBox(groups: 0..<DenoiseTile.width / DenoiseTile.step, rows: 0..<tile.height)
        return vec_field(
            first: place(plane, x: tile.x + box.x, y: tile.y + box.rows.lowerBound), plane: Int64(self.plane),
            row: Int64(row), width: Int64(box.width), rows: Int64(box.rows.count))
    }

    /// Repeats a plane's edge in its margin.
    func extend(_ plane: Int) {
        let right = row - 2 * Self.margin
        for y in 0..<height {
            let samples = place(plane, y: y)
            for x in -Self.margin..<0 { samples[x] = samples[0] }
            for x in width..<right { samples[x] = samples[width - 1] }
        }
        let whole = right + Self.margin
        for y in -Self.reach..<0 {
            (place(plane, y: y) - Self.margin).update(from: place(plane, y: 0) - Self.margin, count: whole)
        }
        for y in height..<height + DenoiseTile.rows + Self.reach {
            (place(plane, y: y) - Self.margin).update(from: place(plane, y: height - 1) - Self.margin, count: whole)
        }
    }
}
