// SPDX-License-Identifier: Apache-2.0
import Scene

/// Where rays begin and where they go.
public struct CameraSettings: Hashable, Sendable {
    public var view: View
    public var projection: Projection
    /// Distance from the eye below which nothing is drawn, in scene units.
    public var nearClip: Double
    /// The picture's upper left corner in the full picture, which runs from (0, 0) at the lower left to (1, 1).
    public var regionStart: SIMD2<Double>
    /// The picture's lower right corner.
    public var regionEnd: SIMD2<Double>

    /// A camera that shows the whole picture, upright, with Brayns' near clip.
    public init(
        view: View, projection: Projection = .perspective(), nearClip: Double = 1e-6,
        regionStart: SIMD2<Double> = SIMD2(0, 1), regionEnd: SIMD2<Double> = SIMD2(1, 0)
    ) {
        (self.view, self.projection, self.nearClip) = (view, projection, nearClip)
        (self.regionStart, self.regionEnd) = (regionStart, regionEnd)
    }
}
