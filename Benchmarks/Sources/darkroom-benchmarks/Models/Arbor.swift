// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene

/// Thin branching tubes from one middle, as neurons have them.
struct Arbor {
    private var mesh = Mesh()
    private var random = Random(seed: 7)

    /// The tubes of `stems` trees as one mesh.
    static func mesh(stems: Int) -> Mesh {
        var arbor = Arbor()
        for stem in 0..<stems {
            let turn = 2.4 * Double(stem)
            let height = 1 - 2 * (Double(stem) + 0.5) / Double(stems)
            let reach = (1 - height * height).squareRoot()
            arbor.grow(
                from: .zero, along: Vector3(reach * cos(turn), height, reach * sin(turn)), radius: 0.012, depth: 7)
        }
        return arbor.mesh
    }

    /// One branch and, at its end, the two that go on from it.
    private mutating func grow(from start: Vector3, along direction: Vector3, radius: Double, depth: Int) {
        var (place, heading) = (start, direction)
        for _ in 0..<6 {
            heading = (heading + random.vector() * 0.35).normalized ?? heading
            let next = place + heading * 0.06
            tube(from: place, to: next, radius: radius)
            place = next
        }
        guard depth > 0 else { return }
        for _ in 0..<2 {
            let turned = (heading + random.vector() * 0.9).normalized ?? heading
            grow(from: place, along: turned, radius: max(0.002, radius * 0.8), depth: depth - 1)
        }
    }

    private mutating func tube(from start: Vector3, to end: Vector3, radius: Double) {
        let sides = 6
        let axis = (end - start).normalized ?? Vector3(1, 0, 0)
        let across = axis.cross(abs(axis.z) < 0.9 ? Vector3(0, 0, 1) : Vector3(1, 0, 0)).normalized ?? axis
        let over = axis.cross(across)
        let first = UInt32(mesh.positions.count / 3)
        for side in 0..<sides {
            let angle = 2 * Double.pi * Double(side) / Double(sides)
            let rim = (across * cos(angle) + over * sin(angle)) * radius
            for point in [start + rim, end + rim] { mesh.append(point, facing: rim * (1 / radius)) }
        }
        for side in 0..<UInt32(sides) {
            let (a, b) = (first + 2 * side, first + 2 * ((side + 1) % UInt32(sides)))
            mesh.indices += [a, b, b + 1, a, b + 1, a + 1]
        }
    }
}

/// Numbers that look random and are the same each time.
struct Random {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    /// -1…1.
    mutating func number() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 33) / Double(1 << 30) - 1
    }

    mutating func vector() -> Vector3 { Vector3(number(), number(), number()) }
}
