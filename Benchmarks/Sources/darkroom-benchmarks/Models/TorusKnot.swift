// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene

/// A bumpy tube along the (2, 3) torus knot: closed, without symmetry, of any number of triangles.
struct TorusKnot {
    /// Segments along the knot.
    var along: Int
    /// Segments around the tube; there are twice as many triangles as both make together.
    var around: Int
    /// Whether vertices have colours.
    var isPainted = false

    var mesh: Mesh {
        var mesh = Mesh()
        for step in 0..<along { appendRing(step, to: &mesh) }
        for step in 0..<along {
            let next = (step + 1) % along
            for turn in 0..<around {
                let beside = (turn + 1) % around
                let (a, b) = (step * around + turn, next * around + turn)
                let (c, d) = (next * around + beside, step * around + beside)
                mesh.indices += [a, c, b, a, d, c].map(UInt32.init)
            }
        }
        return mesh
    }

    private func appendRing(_ step: Int, to mesh: inout Mesh) {
        let t = 2 * Double.pi * Double(step) / Double(along)
        let center = Self.point(t)
        let forward = (Self.point(t + 1e-4) - center).normalized ?? Vector3(1, 0, 0)
        let side = forward.cross(Vector3(0, 0, 1)).normalized ?? Vector3(0, 1, 0)
        let up = side.cross(forward)
        for turn in 0..<around {
            let angle = 2 * Double.pi * Double(turn) / Double(around)
            let radius = 0.35 + 0.04 * sin(9 * t + 3 * angle) + 0.01 * sin(97 * t) * cos(31 * angle)
            let point = center + side * (radius * cos(angle)) + up * (radius * sin(angle))
            if isPainted {
                mesh.append(point, facing: side * cos(angle) + up * sin(angle))
            } else {
                mesh.append(point)
            }
        }
    }

    private static func point(_ t: Double) -> Vector3 {
        let radius = 1.6 + 0.8 * cos(3 * t)
        return Vector3(radius * cos(2 * t), radius * sin(2 * t), 0.8 * sin(3 * t))
    }
}
