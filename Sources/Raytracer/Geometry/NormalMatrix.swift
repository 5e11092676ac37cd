// SPDX-License-Identifier: Apache-2.0
import Scene

/// What takes normals along when points are mapped: the inverse transpose of the linear part, up to a factor.
struct NormalMatrix {
    /// Columns: the cofactors of the linear part, which need no division.
    private let columns: (Vector3, Vector3, Vector3)
    /// The determinant of the linear part; zero or not finite where the map flattens space.
    let determinant: Double

    init(_ m: Matrix4) {
        let a = Vector3(m.c0.x, m.c0.y, m.c0.z)
        let b = Vector3(m.c1.x, m.c1.y, m.c1.z)
        let c = Vector3(m.c2.x, m.c2.y, m.c2.z)
        determinant = a.dot(b.cross(c))
        let (x, y, z) = (b.cross(c), c.cross(a), a.cross(b))
        // Scaled to numbers near 1, so that squares in single precision neither vanish nor overflow.
        let largest = [x, y, z].flatMap { [abs($0.x), abs($0.y), abs($0.z)] }.max() ?? 1
        let scale = (determinant < 0 ? -1 : 1) / (largest > 0 && largest.isFinite ? largest : 1)
        columns = (x * scale, y * scale, z * scale)
    }

    /// Whether the map can be undone.
    var isInvertible: Bool { determinant.isFinite && abs(determinant) > Double.leastNormalMagnitude }

    func apply(to n: Vector3) -> Vector3 { columns.0 * n.x + columns.1 * n.y + columns.2 * n.z }

    /// The nine numbers, row after row.
    var rows: [Double] {
        [
            columns.0.x, columns.1.x, columns.2.x, columns.0.y, columns.1.y, columns.2.y, columns.0.z, columns.1.z,
            columns.2.z,
        ]
    }
}
