// SPDX-License-Identifier: Apache-2.0

/// The polygon in which a plane a x + b y + c z = d cuts a box: up to six corners, in order around it.
struct PlaneOutline {
    private(set) var corners: [SIMD3<Float>] = []

    init(_ plane: SIMD4<Float>, _ low: SIMD3<Float>, _ high: SIMD3<Float>) {
        let normal = SIMD3(plane.x, plane.y, plane.z)
        let length = (normal * normal).sum().squareRoot()
        guard length > 0, length.isFinite, plane.w.isFinite else { return }
        let n = normal / length
        let d = plane.w / length
        let center = (low + high) / 2
        let reach = high - low
        let radius = (reach * reach).sum().squareRoot() + abs((n * center).sum() - d)
        guard radius > 0, radius.isFinite else { return }
        // A square in the plane that is larger than the box, cut down by the box's six sides.
        let helper = abs(n.x) < 0.6 ? SIMD3<Float>(1, 0, 0) : SIMD3<Float>(0, 1, 0)
        let u = Self.unit(Self.cross(n, helper)) * (2 * radius)
        let v = Self.unit(Self.cross(n, u)) * (2 * radius)
        let middle = center - n * ((n * center).sum() - d)
        corners = [middle - u - v, middle + u - v, middle + u + v, middle - u + v]
        for axis in 0..<3 {
            corners = Self.cut(corners) { $0[axis] - low[axis] }
            corners = Self.cut(corners) { high[axis] - $0[axis] }
        }
    }

    /// What is left of a convex polygon where a linear function is not negative (Sutherland and Hodgman 1974).
    private static func cut(
        _ polygon: [SIMD3<Float>], by side: (SIMD3<Float>) -> Float
    ) -> [SIMD3<Float>] {
        var kept: [SIMD3<Float>] = []
        for (i, here) in polygon.enumerated() {
            let next = polygon[(i + 1) % polygon.count]
            let (a, b) = (side(here), side(next))
            if a >= 0 { kept.append(here) }
            if (a >= 0) != (b >= 0) { kept.append(here + (next - here) * (a / (a - b))) }
        }
        return kept
    }

    private static func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
        SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }

    private static func unit(_ a: SIMD3<Float>) -> SIMD3<Float> { a / (a * a).sum().squareRoot() }
}
