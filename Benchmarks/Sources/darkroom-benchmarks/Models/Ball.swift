// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene

/// A ball of radius 1 around the origin.
enum Ball {
    /// - Parameter rings: from pole to pole; each has twice as many quads.
    static func mesh(rings: Int) -> Mesh {
        var mesh = Mesh()
        let around = 2 * rings
        for ring in 0...rings {
            let fall = Double.pi * Double(ring) / Double(rings)
            for step in 0..<around {
                let turn = 2 * Double.pi * Double(step) / Double(around)
                let point = Vector3(sin(fall) * cos(turn), cos(fall), sin(fall) * sin(turn))
                mesh.append(point, facing: point)
            }
        }
        for ring in 0..<rings {
            for step in 0..<around {
                let next = (step + 1) % around
                let (a, b) = (ring * around + step, ring * around + next)
                mesh.indices += [a, b, b + around, a, b + around, a + around].map(UInt32.init)
            }
        }
        return mesh
    }
}
