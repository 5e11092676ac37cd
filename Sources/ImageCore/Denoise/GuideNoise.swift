// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// How much noise guides are taken to have, by how many samples they are averages of.
///
/// A guide's samples fall on both sides of edges: how far neighbouring pixels spread tells how far samples do. Found by
/// trying, and so is the power: well-spread samples err less than independent ones would.
package struct GuideNoise: Sendable, Hashable {
    /// Times the variance of the nine samples around a pixel.
    package let share: Float
    /// Variance that is there at least: where volumes blur guides, it is more than neighbours tell.
    package let least: Float

    package init(samples: Int) {
        let scale = Float(pow(4 / Double(min(max(samples, 1), 1 << 16)), 2.0 / 3))
        (share, least) = (0.25 * scale, 1.5e-2 * scale)
    }
}
