// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Quaternion {
    /// The rotation by angles about x, then y, then z, each about the fixed axes, in degrees.
    ///
    /// The convention of Brayns' Python client and of SciPy's `"xyz"`.
    public static func euler(degrees angles: Vector3) -> Quaternion {
        let half = angles * (Double.pi / 360)
        let (sx, sy, sz) = (sin(half.x), sin(half.y), sin(half.z))
        let (cx, cy, cz) = (cos(half.x), cos(half.y), cos(half.z))
        return Quaternion(
            x: sx * cy * cz - cx * sy * sz,
            y: cx * sy * cz + sx * cy * sz,
            z: cx * cy * sz - sx * sy * cz,
            w: cx * cy * cz + sx * sy * sz)
    }

    /// The right-handed rotation about an axis by an angle in degrees; an axis of no length gives no rotation.
    public static func rotation(degrees: Double, about axis: Vector3) -> Quaternion {
        guard let axis = axis.normalized else { return .identity }
        let half = degrees * (Double.pi / 360)
        let vector = axis * sin(half)
        return Quaternion(x: vector.x, y: vector.y, z: vector.z, w: cos(half))
    }

    /// The vector part.
    public var vector: Vector3 { Vector3(x, y, z) }

    /// The length as a vector of four; 1 for a rotation.
    public var length: Double { (x * x + y * y + z * z + w * w).squareRoot() }

    /// The quaternion of length 1 in the same direction; the identity when that cannot be had.
    public var normalized: Quaternion {
        let length = length
        guard length > 0, length.isFinite else { return .identity }
        return Quaternion(x: x / length, y: y / length, z: z / length, w: w / length)
    }

    /// The inverse rotation, of a unit quaternion.
    public var conjugate: Quaternion { Quaternion(x: -x, y: -y, z: -z, w: w) }

    /// The rotation that applies `right` first (Hamilton's product).
    public static func * (left: Quaternion, right: Quaternion) -> Quaternion {
        let v = right.vector * left.w + left.vector * right.w + left.vector.cross(right.vector)
        return Quaternion(x: v.x, y: v.y, z: v.z, w: left.w * right.w - left.vector.dot(right.vector))
    }

    /// The point turned about `center`.
    public func rotate(_ point: Vector3, about center: Vector3 = .zero) -> Vector3 {
        let p = point - center
        let t = vector.cross(p) * 2
        return center + p + t * w + vector.cross(t)
    }

    /// The angles about x, then y, then z, in degrees, that `euler(degrees:)` takes; y lies within ±90.
    public var eulerDegrees: Vector3 {
        let sine = Swift.max(-1, Swift.min(1, 2 * (w * y - z * x)))
        let angles = Vector3(
            atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)),
            asin(sine),
            atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)))
        return angles * (180 / Double.pi)
    }
}
