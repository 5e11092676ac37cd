// SPDX-License-Identifier: Apache-2.0

/// An affine map of space as four columns; column 3 is the translation.
public struct Matrix4: Hashable, Sendable {
    /// The columns; a point `p` maps to `c0 * p.x + c1 * p.y + c2 * p.z + c3`.
    public var c0, c1, c2, c3: SIMD4<Double>

    /// A matrix from its columns.
    public init(_ c0: SIMD4<Double>, _ c1: SIMD4<Double>, _ c2: SIMD4<Double>, _ c3: SIMD4<Double>) {
        (self.c0, self.c1, self.c2, self.c3) = (c0, c1, c2, c3)
    }

    /// The matrix that changes nothing.
    public static let identity = Matrix4(
        SIMD4(1, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 1, 0), SIMD4(0, 0, 0, 1))

    /// The image of a point.
    public func apply(toPoint p: Vector3) -> Vector3 {
        let r = c0 * p.x + c1 * p.y + c2 * p.z + c3
        return Vector3(r.x, r.y, r.z)
    }

    /// The image of a direction: the translation has no part in it.
    public func apply(toDirection d: Vector3) -> Vector3 {
        let r = c0 * d.x + c1 * d.y + c2 * d.z
        return Vector3(r.x, r.y, r.z)
    }

    /// The map that applies `right` first.
    public static func * (left: Matrix4, right: Matrix4) -> Matrix4 {
        func column(_ c: SIMD4<Double>) -> SIMD4<Double> {
            left.c0 * c.x + left.c1 * c.y + left.c2 * c.z + left.c3 * c.w
        }
        return Matrix4(column(right.c0), column(right.c1), column(right.c2), column(right.c3))
    }
}
