// SPDX-License-Identifier: Apache-2.0

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
    /// The threads to build on; what comes out is the same.
    var work = WorkSplit(threads: nil)

    /// Three floats without padding, as C libraries keep them.
    struct SIMD3Packed: BitwiseCopyable {
        var x, y, z: Float
        var isUsable: Bool { x.magnitude < MeshBuilder.largest && y.magnitude < largest && z.magnitude < largest }
    }

    /// Beyond this Embree no longer traces; NaN and infinity fail the comparison too.
    static let largest: Float = 1e18

    init(positions: UnsafeBufferPointer<SIMD3Packed>) { self.positions = positions }

    /// Takes out triangles with a corner that has no place in space.
    /// - Returns: how many there were.
    mutating func dropUnusable() -> Int {
        // Nearly always there is none, which the corners alone show.
        if positions.allSatisfy(\.isUsable) { return 0 }
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
        guard !triangles.isEmpty else { return Mesh() }
        let isBare = textureCoordinates == nil && colors.isEmpty
        if hasUsableNormals {
            guard isBare, let normals else { return meshWithGivenNormals() }
            return meshOfGivenNormals(normals)
        }
        let surface = CornerPoints(triangles, positions, work)
        let made = CornerNormals(surface, work)
        guard isBare else { return meshOfCorners(surface, made) }
        return made.creases.isEmpty ? meshOfPoints(surface, made) : meshOfCreases(surface, made)
    }

    /// Whether every triangle's normals have a length; a file with some that have none gets new ones throughout.
    private var hasUsableNormals: Bool {
        guard let normals else { return false }
        func isUsable(_ n: SIMD3Packed) -> Bool {
            let square = n.x * n.x + n.y * n.y + n.z * n.z
            return square > 1e-12 && square.isFinite
        }
        return normals.allSatisfy(isUsable) || triangles.allSatisfy { isUsable(normals[Int($0)]) }
    }
}
