// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene

extension Mesh {
    /// Adds a vertex whose colour holds the light of a sky above it and a hue that changes from place to place.
    mutating func append(_ point: Vector3, facing normal: Vector3) {
        append(point)
        let light = 0.55 + 0.3 * normal.y + 0.15 * normal.x
        for shift in [0.0, 2.1, 4.2] {
            let hue = 0.62 + 0.38 * sin(1.7 * point.x + 1.1 * point.y + 0.6 * point.z + shift)
            colors.append(Float(min(1, max(0, light * hue))))
        }
        colors.append(1)
    }

    /// Adds a vertex without colour.
    mutating func append(_ point: Vector3) { positions += [Float(point.x), Float(point.y), Float(point.z)] }
}
