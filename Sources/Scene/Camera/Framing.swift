// SPDX-License-Identifier: Apache-2.0

/// A camera that shows a whole model.
public struct Framing: Hashable, Sendable {
    /// Eye, target and up.
    public var view: View
    /// The projection asked for; an orthographic one has its height set.
    public var projection: Projection
    /// A distance from the eye before which nothing of the model lies, above 0.
    public var nearClip: Double

    public init(view: View, projection: Projection, nearClip: Double) {
        (self.view, self.projection, self.nearClip) = (view, projection, nearClip)
    }

    /// The camera that shows a box as large as the margin lets it.
    public static func fit(
        bounds: Bounds, direction: Vector3, up: Vector3, projection: Projection, aspect: Double, margin: Double = 0.05
    ) -> Framing {
        fit(
            points: bounds.isEmpty ? Bounds(min: .zero, max: .zero).corners : bounds.corners, direction: direction,
            up: up, projection: projection, aspect: aspect, margin: margin)
    }

    /// The camera that shows all points as large as the margin lets it.
    public static func fit(
        points: [Vector3], direction: Vector3, up: Vector3, projection: Projection, aspect: Double,
        margin: Double = 0.05
    ) -> Framing {
        Framing(view: View(position: .zero, target: direction), projection: projection, nearClip: 1e-6)
    }
}
