// SPDX-License-Identifier: Apache-2.0

extension SIMD3<Float> {
    /// The vector turned by a unit quaternion (x, y, z, w).
    func turned(by turn: SIMD4<Float>) -> SIMD3<Float> {
        let axis = SIMD3(turn.x, turn.y, turn.z)
        let twice = 2 * axis.cross(self)
        return self + turn.w * twice + axis.cross(twice)
    }

    private func cross(_ other: SIMD3<Float>) -> SIMD3<Float> {
        SIMD3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }
}
