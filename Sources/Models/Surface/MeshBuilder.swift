// SPDX-License-Identifier: Apache-2.0
import Scene

/// Makes a `Mesh` of triangles whose corners may repeat, or hold numbers that are none.
struct MeshBuilder {
    /// Positions, one a corner of the source.
    var positions: UnsafeBufferPointer<SIMD3Packed>
    /// Normals, as many; `nil` to make them.
    var normals: UnsafeBufferPointer<SIMD3Packed>?
    /// Texture coordinates, as many; the third number is not used.
    var textureCoordinates: UnsafeBufferPointer<SIMD3Packed>?
    /// Linear colours, as many, or empty.
    var colors: [SIMD4<Float>] = []
    /// Three indices of source corners a triangle, all within the arrays.
    var triangles: [UInt32] = []

    /// Three floats without padding, as C libraries keep them.
    struct SIMD3Packed {
        var x, y, z: Float
        var isUsable: Bool { x.magnitude < MeshBuilder.largest && y.magnitude < largest && z.magnitude < largest }
    }

    /// Beyond this Embree no longer traces; NaN and infinity fail the comparison too.
    static let largest: Float = 1e18

    init(positions: UnsafeBufferPointer<SIMD3Packed>) { self.positions = positions }

    /// Takes out triangles with a corner that has no place in space.
    /// - Returns: how many there were.
    mutating func dropUnusable() -> Int {
        var kept = 0
        for start in stride(from: 0, to: triangles.count, by: 3) {
            guard (start..<start + 3).allSatisfy({ positions[Int(triangles[$0])].isUsable }) else { continue }
            if kept != start { for i in 0..<3 { triangles[kept + i] = triangles[start + i] } }
            kept += 3
        }
        let dropped = (triangles.count - kept) / 3
        triangles.removeLast(triangles.count - kept)
        return dropped
    }

    /// The mesh: corners that no triangle uses are left out, equal ones joined, missing normals made.
    func build() -> Mesh {
        var mesh = Mesh()
        guard !triangles.isEmpty else { return mesh }
        let made = hasUsableNormals ? nil : makeNormals()
        let (numbers, firsts) = RowWelder.weld(rows(normals: made), width: width)
        mesh.indices = numbers
        mesh.positions = [Float](unsafeUninitializedCapacity: 3 * firsts.count) { buffer, filled in
            for (i, corner) in firsts.enumerated() {
                let p = positions[Int(triangles[corner])]
                (buffer[3 * i], buffer[3 * i + 1], buffer[3 * i + 2]) = (p.x + 0, p.y + 0, p.z + 0)
            }
            filled = 3 * firsts.count
        }
        mesh.normals = [Float](unsafeUninitializedCapacity: 3 * firsts.count) { buffer, filled in
            for (i, corner) in firsts.enumerated() {
                let n = normal(corner, made)
                (buffer[3 * i], buffer[3 * i + 1], buffer[3 * i + 2]) = (n.x, n.y, n.z)
            }
            filled = 3 * firsts.count
        }
        if let textureCoordinates {
            mesh.textureCoordinates = firsts.flatMap { corner -> [Float] in
                let t = textureCoordinates[Int(triangles[corner])]
                return [t.x.isFinite ? t.x : 0, t.y.isFinite ? t.y : 0]
            }
        }
        if !colors.isEmpty {
            mesh.colors = firsts.flatMap { corner -> [Float] in
                let c = colors[Int(triangles[corner])]
                return [c.x, c.y, c.z, c.w]
            }
        }
        return mesh
    }

    private var width: Int { 6 + (textureCoordinates == nil ? 0 : 2) + (colors.isEmpty ? 0 : 4) }

    /// Whether every triangle's normals have a length; a file with some that have none gets new ones throughout.
    private var hasUsableNormals: Bool {
        guard let normals else { return false }
        return triangles.allSatisfy { corner in
            let n = normals[Int(corner)]
            let square = n.x * n.x + n.y * n.y + n.z * n.z
            return square > 1e-12 && square.isFinite
        }
    }

    private func makeNormals() -> [SIMD3<Float>] {
        var places = [UInt32]()
        places.reserveCapacity(3 * triangles.count)
        for corner in triangles {
            let p = positions[Int(corner)]
            places.append((p.x + 0).bitPattern)
            places.append((p.y + 0).bitPattern)
            places.append((p.z + 0).bitPattern)
        }
        let (numbers, firsts) = RowWelder.weld(places, width: 3)
        let points = firsts.map { first in
            let p = positions[Int(triangles[first])]
            return Vector3(Double(p.x), Double(p.y), Double(p.z))
        }
        return NormalGenerator(points: points, corners: numbers).cornerNormals()
    }

    private func normal(_ corner: Int, _ made: [SIMD3<Float>]?) -> SIMD3<Float> {
        if let made { return made[corner] }
        guard let n = normals?[Int(triangles[corner])] else { return SIMD3(0, 0, 1) }
        let length = (n.x * n.x + n.y * n.y + n.z * n.z).squareRoot()
        // Lengths of 1 to within a few roundings are kept, so that equal normals stay equal.
        let scale = abs(length - 1) < 1e-6 ? 1 : 1 / length
        return SIMD3(n.x * scale + 0, n.y * scale + 0, n.z * scale + 0)
    }

    /// All that makes two corners the same, as words; zeros of either sign are one.
    private func rows(normals made: [SIMD3<Float>]?) -> [UInt32] {
        var rows = [UInt32]()
        rows.reserveCapacity(width * triangles.count)
        for corner in triangles.indices {
            let source = Int(triangles[corner])
            let (p, n) = (positions[source], normal(corner, made))
            for value in [p.x, p.y, p.z, n.x, n.y, n.z] { rows.append((value + 0).bitPattern) }
            if let t = textureCoordinates?[source] {
                rows.append((t.x + 0).bitPattern)
                rows.append((t.y + 0).bitPattern)
            }
            if !colors.isEmpty { for i in 0..<4 { rows.append((colors[source][i] + 0).bitPattern) } }
        }
        return rows
    }
}
