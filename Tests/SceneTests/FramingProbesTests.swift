// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Testing

@Suite struct FramingProbesTests {
    @Test(
        "the outermost points along the probes frame a cloud from as near as all its points do, and hold it whole",
        arguments: [Projection.perspective(fovy: 45), .perspective(fovy: 100), .orthographic(height: 1)])
    func probes(projection: Projection) throws {
        var random = SystemRandomNumberGenerator()
        for round in 0..<200 {
            func number(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
            func vector() -> Vector3 { Vector3(number(-1...1), number(-1...1), number(-1...1)) }
            let stretch = Vector3(number(0.1...5), number(0.1...5), number(0.1...5))
            let shift = vector() * 10
            let cloud = (0..<50).map { _ in vector() * stretch + shift }
            let (direction, aspect, margin) = (vector(), number(0.3...3), number(0...0.2))
            let up = Vector3(0, 1, 0)
            let probes = Framing.probes(
                direction: direction, up: up, projection: projection, aspect: aspect, margin: margin)
            let outermost = try probes.map { probe in
                try #require(cloud.max { $0.dot(probe) < $1.dot(probe) })
            }
            func fit(_ points: [Vector3]) -> Framing {
                Framing.fit(
                    points: points, direction: direction, up: up, projection: projection, aspect: aspect,
                    margin: margin)
            }
            let (few, all) = (fit(outermost), fit(cloud))
            let basis = few.view.basis
            if case .orthographic = projection {
                #expect(abs(Self.height(few) - Self.height(all)) < 1e-9, "round \(round)")
            } else {
                // Equal but for the least distance to the nearest point, which goes by the size of the points' box.
                #expect(abs((few.view.position - all.view.position).dot(basis.direction)) < 0.02, "round \(round)")
            }
            for point in cloud {
                let p = point - few.view.position
                #expect(p.dot(basis.direction) > few.nearClip)
                let half = Self.halfHeight(few, depth: p.dot(basis.direction)) * (1 - 2 * margin) + 1e-6
                #expect(abs(p.dot(basis.up)) <= half && abs(p.dot(basis.right)) <= half * aspect + 1e-6)
            }
        }
    }

    private static func height(_ framing: Framing) -> Double {
        guard case .orthographic(let height) = framing.projection else { return 0 }
        return height
    }

    /// Half of what the picture shows from bottom to top at a depth, in scene units.
    private static func halfHeight(_ framing: Framing, depth: Double) -> Double {
        guard case .perspective(let fovy, _, _) = framing.projection else { return height(framing) / 2 }
        return depth * tan(fovy * .pi / 360)
    }

    @Test("a cylinder has no planes for sides, and no probes")
    func cylinder() {
        let look = Vector3(0, 0, -1)
        #expect(
            Framing.probes(direction: look, up: Vector3(0, 1, 0), projection: .cylindric(), aspect: 1).isEmpty)
    }
}
