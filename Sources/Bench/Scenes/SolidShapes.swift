// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene

/// Boxes and balls as the triangles of one PLY file.
struct SolidShapes {
    private var mesh = Mesh()

    /// The file.
    func ply() -> [UInt8] {
        var model = Model()
        model.meshes = [mesh]
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        return PLYWriter.encode(model)
    }

    /// Adds a box between two corners.
    mutating func addBox(_ low: Vector3, _ high: Vector3) {
        for axis in 0..<3 {
            for side in [0, 1] {
                // The other two axes, in the order that turns the face outward.
                let (u, v) = side == 1 ? ((axis + 1) % 3, (axis + 2) % 3) : ((axis + 2) % 3, (axis + 1) % 3)
                let first = UInt32(mesh.vertexCount)
                for (atU, atV) in [(0, 0), (1, 0), (1, 1), (0, 1)] {
                    var (corner, normal) = (SIMD3<Float>.zero, SIMD3<Float>.zero)
                    for (place, end) in [(axis, side), (u, atU), (v, atV)] {
                        corner[place] = Float((end == 1 ? high : low)[place])
                    }
                    normal[axis] = side == 1 ? 1 : -1
                    add(corner, normal)
                }
                mesh.indices += [first, first + 1, first + 2, first, first + 2, first + 3]
            }
        }
    }

    /// Adds a ball of `2 * rings` segments around.
    mutating func addBall(_ center: Vector3, radius: Double, rings: Int = 64) {
        let first = UInt32(mesh.vertexCount)
        let around = 2 * rings
        for ring in 0...rings {
            let polar = Double.pi * Double(ring) / Double(rings)
            for step in 0...around {
                let turn = 2 * Double.pi * Double(step) / Double(around)
                let normal = Vector3(sin(polar) * cos(turn), cos(polar), sin(polar) * sin(turn))
                add(SIMD3<Float>(center + normal * radius), SIMD3<Float>(normal))
            }
        }
        for ring in 0..<UInt32(rings) {
            for step in 0..<UInt32(around) {
                let a = first + ring * UInt32(around + 1) + step
                let below = a + UInt32(around + 1)
                if ring > 0 { mesh.indices += [a, a + 1, below] }
                if ring + 1 < rings { mesh.indices += [a + 1, below + 1, below] }
            }
        }
    }

    private mutating func add(_ corner: SIMD3<Float>, _ normal: SIMD3<Float>) {
        for c in 0..<3 {
            mesh.positions.append(corner[c])
            mesh.normals.append(normal[c])
        }
    }
}
