// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene

@testable import Models

/// What `MeshBuilder` is to come to, worked out corner by corner in the plainest way.
struct ReferenceSurface {
    let positions: [MeshBuilder.SIMD3Packed]
    var normals: [MeshBuilder.SIMD3Packed]?
    var coordinates: [MeshBuilder.SIMD3Packed]?
    var colors: [SIMD4<Float>] = []
    let triangles: [UInt32]

    func mesh() -> Mesh {
        let made = normals == nil ? cornerNormals() : []
        var mesh = Mesh()
        var known: [[UInt32]: UInt32] = [:]
        for (corner, source) in triangles.enumerated() {
            let p = positions[Int(source)]
            let n = normals.map { scaled($0[Int(source)]) } ?? made[corner]
            let t = coordinates.map { [$0[Int(source)].x, $0[Int(source)].y] } ?? []
            let c = colors.isEmpty ? [] : (0..<4).map { colors[Int(source)][$0] }
            let row = ([p.x, p.y, p.z, n.x, n.y, n.z] + t + c).map { ($0 + 0).bitPattern }
            if let number = known[row] {
                mesh.indices.append(number)
                continue
            }
            mesh.indices.append(UInt32(known.count))
            known[row] = UInt32(known.count)
            mesh.positions += [p.x + 0, p.y + 0, p.z + 0]
            mesh.normals += [n.x, n.y, n.z]
            mesh.textureCoordinates += t
            mesh.colors += c
        }
        return mesh
    }

    private func scaled(_ n: MeshBuilder.SIMD3Packed) -> SIMD3<Float> {
        let length = (n.x * n.x + n.y * n.y + n.z * n.z).squareRoot()
        let scale = abs(length - 1) < 1e-6 ? 1 : 1 / length
        return SIMD3(n.x * scale + 0, n.y * scale + 0, n.z * scale + 0)
    }

    // MARK: Normals

    private func point(_ corner: Int) -> Vector3 {
        let p = positions[Int(triangles[corner])]
        return Vector3(Double(p.x), Double(p.y), Double(p.z))
    }

    private func faceNormal(_ face: Int) -> Vector3 {
        let (a, b, c) = (point(3 * face), point(3 * face + 1), point(3 * face + 2))
        let (u, v) = (b - a, c - a)
        let size = max(u.max(), -u.min(), v.max(), -v.min())
        guard size > 0, size.isFinite else { return Vector3(0, 0, 1) }
        return (u / size).cross(v / size).normalized ?? Vector3(0, 0, 1)
    }

    private func angle(_ corner: Int) -> Double {
        let base = corner - corner % 3
        let u = point(base + (corner + 1) % 3) - point(corner)
        let v = point(base + (corner + 2) % 3) - point(corner)
        guard let a = u.normalized, let b = v.normalized else { return 0 }
        return acos(min(1, max(-1, a.dot(b))))
    }

    /// For each corner the sum of the faces within 40 degrees that meet in its place, weighted by their angles.
    func cornerNormals() -> [SIMD3<Float>] {
        var meetings: [Vector3: [Int]] = [:]
        for corner in triangles.indices { meetings[point(corner), default: []].append(corner) }
        let limit = cos(40 * Double.pi / 180)
        return triangles.indices.map { corner in
            let own = faceNormal(corner / 3)
            let meeting = meetings[point(corner)] ?? []
            var sum = Vector3.zero
            if meeting.count <= 256 {
                for other in meeting {
                    let normal = faceNormal(other / 3)
                    if normal.dot(own) >= limit { sum += normal * angle(other) }
                }
            }
            return SIMD3<Float>(sum.normalized ?? own)
        }
    }
}
