// SPDX-License-Identifier: Apache-2.0

extension Framing {
    /// The directions in which a model's outermost points decide where `fit(points:…)` puts the camera.
    ///
    /// A picture's sides are four planes through the eye (or four parallel ones), and a point touches one of them only
    /// if no other point lies further out along the plane's normal. So the points that lie furthest out along these
    /// directions frame a model of millions of points from as near as all of them would, and hold all of it. The parameters are those of
    /// `fit(bounds:…)`; a cylindric projection has no such planes, and no directions.
    public static func probes(
        direction: Vector3, up: Vector3, projection: Projection, aspect: Double, margin: Double = 0.05
    ) -> [Vector3] {
        let basis = ViewBasis(direction: direction, up: up)
        let axes = [basis.right, -basis.right, basis.up, -basis.up, basis.direction, -basis.direction]
        switch projection {
        case .cylindric: return []
        case .orthographic: return axes
        case .perspective(let fovy, _, _):
            let vertical = FramingSolver.tangent(fovy) * FramingSolver.filled(margin)
            let horizontal = vertical * FramingSolver.usable(aspect)
            return axes + [
                basis.right - basis.direction * horizontal, -basis.right - basis.direction * horizontal,
                basis.up - basis.direction * vertical, -basis.up - basis.direction * vertical,
            ]
        }
    }
}
