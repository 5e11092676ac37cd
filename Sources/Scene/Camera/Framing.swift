// SPDX-License-Identifier: Apache-2.0

/// A camera that shows a whole model.
public struct Framing: Hashable, Sendable {
    /// Eye, target and up.
    public var view: View
    /// The projection asked for; an orthographic one has its height set.
    public var projection: Projection
    /// A distance from the eye before which nothing of the model lies, above 0.
    public var nearClip: Double

    /// A camera from its three parts.
    public init(view: View, projection: Projection, nearClip: Double) {
        (self.view, self.projection, self.nearClip) = (view, projection, nearClip)
    }

    /// The camera that shows a box as large as the margin lets it.
    ///
    /// - Parameters:
    ///   - bounds: the box; an empty one is framed as a point at the origin.
    ///   - direction: from the eye to the model, of any length.
    ///   - up: what points up in the picture; need not be perpendicular.
    ///   - projection: its field of view is kept; the height of an orthographic one is replaced.
    ///   - aspect: width by height of the picture.
    ///   - margin: the part of the picture that stays free on each side of the axis that is filled, 0 ..< 0.5.
    public static func fit(
        bounds: Bounds, direction: Vector3, up: Vector3, projection: Projection, aspect: Double, margin: Double = 0.05
    ) -> Framing {
        fit(
            points: bounds.isEmpty ? [.zero] : bounds.corners, direction: direction, up: up, projection: projection,
            aspect: aspect, margin: margin)
    }

    /// The camera that shows all points as large as the margin lets it; otherwise as `fit(bounds:…)`.
    ///
    /// No point lies outside the picture or before the near clip, and the points reach the margin on both sides of
    /// one axis, to within rounding. Points that are not finite are left out. A model without extent (one point, or a
    /// line seen from its end) is looked at from a distance that suits its size, or from 1 unit when it has none.
    public static func fit(
        points: [Vector3], direction: Vector3, up: Vector3, projection: Projection, aspect: Double,
        margin: Double = 0.05
    ) -> Framing {
        let fitter = FramingSolver(
            points: points, basis: ViewBasis(direction: direction, up: up),
            aspect: FramingSolver.usable(aspect), free: margin)
        return fitter.solve(projection)
    }

    /// One camera distance for many directions, so that a turning model keeps its size.
    ///
    /// All views look at the middle of the box; each shows the whole of it, and the tightest fills its axis.
    /// - Returns: one camera for each direction, in their order.
    public static func fitAll(
        bounds: Bounds, directions: [(direction: Vector3, up: Vector3)], projection: Projection, aspect: Double,
        margin: Double = 0.05
    ) -> [Framing] {
        let center = bounds.isEmpty ? Vector3.zero : bounds.center
        return fitAll(
            points: bounds.isEmpty ? [center] : bounds.corners, center: center, directions: directions,
            projection: projection, aspect: aspect, margin: margin)
    }

    /// One camera distance for many directions, as `fitAll(bounds:…)`, for points around a centre that all views
    /// look at.
    public static func fitAll(
        points corners: [Vector3], center: Vector3, directions: [(direction: Vector3, up: Vector3)],
        projection: Projection, aspect: Double, margin: Double = 0.05
    ) -> [Framing] {
        let alone = directions.map { direction, up in
            // Points that are symmetric to the picture's axes put the centre into the picture's middle.
            let basis = ViewBasis(direction: direction, up: up)
            let mirrored = corners.flatMap { corner in
                let p = corner - center
                return [
                    corner, corner - basis.right * (2 * p.dot(basis.right)), corner - basis.up * (2 * p.dot(basis.up)),
                ]
            }
            return fit(
                points: mirrored, direction: direction, up: up, projection: projection, aspect: aspect, margin: margin)
        }
        let distance = alone.map { ($0.view.position - center).length }.max() ?? 1
        let height = alone.compactMap { framing -> Double? in
            guard case .orthographic(let height) = framing.projection else { return nil }
            return height
        }.max()
        return alone.map { framing in
            let basis = framing.view.basis
            let slack = distance - (framing.view.position - center).length
            return Framing(
                view: View(position: center - basis.direction * distance, target: center, up: basis.up),
                projection: height.map { .orthographic(height: $0) } ?? framing.projection,
                nearClip: framing.nearClip + max(0, slack) / 2)
        }
    }
}
