// SPDX-License-Identifier: Apache-2.0

extension Matrix4 {
    /// The determinant of the linear part: volume factor, negative for a mirror.
    public var determinant: Double { c0.xyz.dot(c1.xyz.cross(c2.xyz)) }

    /// The map back, or `nil` where space is crushed flat or a number is not finite.
    public var inverse: Matrix4? {
        let (a, b, c) = (c0.xyz, c1.xyz, c2.xyz)
        let determinant = determinant
        guard determinant != 0, determinant.isFinite else { return nil }
        let (x, y, z) = (b.cross(c) / determinant, c.cross(a) / determinant, a.cross(b) / determinant)
        guard x.isFinite, y.isFinite, z.isFinite else { return nil }
        let shift = c3.xyz
        return Matrix4(
            SIMD4(x.x, y.x, z.x, 0), SIMD4(x.y, y.y, z.y, 0), SIMD4(x.z, y.z, z.z, 0),
            SIMD4(-x.dot(shift), -y.dot(shift), -z.dot(shift), 1))
    }

    /// The image of a surface normal, not normalised: the transposed inverse of the linear part, up to a factor,
    /// defined for flat maps too and pointing outwards under mirrors.
    public func apply(toNormal n: Vector3) -> Vector3 {
        let (a, b, c) = (c0.xyz, c1.xyz, c2.xyz)
        let image = b.cross(c) * n.x + c.cross(a) * n.y + a.cross(b) * n.z
        return determinant < 0 ? -image : image
    }

    /// Whether every number is finite.
    public var isFinite: Bool { c0.xyz.isFinite && c1.xyz.isFinite && c2.xyz.isFinite && c3.xyz.isFinite }

    /// A shift.
    public static func translation(_ shift: Vector3) -> Matrix4 {
        var matrix = identity
        matrix.c3 = SIMD4(shift, 1)
        return matrix
    }
}

extension SIMD4 where Scalar == Double {
    /// The first three components.
    package var xyz: Vector3 { Vector3(x, y, z) }
}
