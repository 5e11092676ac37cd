// SPDX-License-Identifier: Apache-2.0

extension Transform {
    /// The rotation about a point other than the origin.
    public static func rotation(_ rotation: Quaternion, about center: Vector3) -> Transform {
        Transform(translation: center - rotation.rotate(center), rotation: rotation)
    }

    /// The transform, then a rotation about a centre.
    public func rotated(by turn: Quaternion, about center: Vector3) -> Transform {
        Transform(
            translation: turn.rotate(translation, about: center), rotation: (turn * rotation).normalized, scale: scale)
    }

    /// The image of a point.
    public func apply(to point: Vector3) -> Vector3 { rotation.normalized.rotate(point * scale) + translation }

    /// The same map as a matrix; a rotation that is not of length 1 is normalised first.
    public var matrix: Matrix4 {
        let q = rotation.normalized
        let (x, y, z) = (
            q.rotate(Vector3(scale.x, 0, 0)), q.rotate(Vector3(0, scale.y, 0)), q.rotate(Vector3(0, 0, scale.z))
        )
        return Matrix4(SIMD4(x, 0), SIMD4(y, 0), SIMD4(z, 0), SIMD4(translation, 1))
    }
}
