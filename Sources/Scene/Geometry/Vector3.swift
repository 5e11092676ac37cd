// SPDX-License-Identifier: Apache-2.0

/// A point, direction or extent in scene units, in double precision.
///
/// Encodes as a JSON array of three numbers, as Brayns writes vectors.
public typealias Vector3 = SIMD3<Double>

extension SIMD3 where Scalar == Double {
    /// The inner product.
    public func dot(_ other: Vector3) -> Double { x * other.x + y * other.y + z * other.z }

    /// The vector product, right-handed.
    public func cross(_ other: Vector3) -> Vector3 {
        Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    /// The Euclidean length.
    public var length: Double { dot(self).squareRoot() }

    /// The vector of length 1 in the same direction, or `nil` when the length is zero or not finite.
    public var normalized: Vector3? {
        let length = length
        guard length > 0, length.isFinite else { return nil }
        return self / length
    }

    /// Whether no component is infinite or not a number.
    public var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}
