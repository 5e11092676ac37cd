// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene

/// A nerve cell that is none: six dendrites that wander and fork, most of them thinner than a pixel.
struct NerveCell {
    private struct Sample {
        var place: Vector3
        var radius: Double
        var parent: Int
    }

    private static let thinnest = 0.014
    private static let forks = 5
    private var samples: [Sample]
    private var random: SplitMix

    init(seed: UInt64) {
        samples = [Sample(place: .zero, radius: 0.5, parent: -1)]
        random = SplitMix(seed: seed)
        for stem in 0..<6 {
            let angle = Double(stem) * .pi / 3
            grow(from: 0, at: .zero, along: Vector3(cos(angle), sin(angle), random.normal(0.3)), radius: 0.07, fork: 0)
        }
    }

    private mutating func grow(from parent: Int, at start: Vector3, along: Vector3, radius: Double, fork: Int) {
        var (parent, place, direction, radius) = (parent, start, along, radius)
        for _ in 0..<Int.random(in: 8...14, using: &random) {
            direction = bent(direction, by: 0.18)
            place += direction * 0.35
            radius = max(Self.thinnest, radius * 0.94)
            samples.append(Sample(place: place, radius: radius, parent: parent))
            parent = samples.count - 1
        }
        guard fork < Self.forks else { return }
        for _ in 0..<2 {
            grow(
                from: parent, at: place, along: bent(direction, by: 0.5), radius: max(Self.thinnest, radius * 0.75),
                fork: fork + 1)
        }
    }

    private mutating func bent(_ direction: Vector3, by width: Double) -> Vector3 {
        let change = Vector3(random.normal(width), random.normal(width), random.normal(width))
        return (direction + change).normalized ?? direction
    }

    /// The cell as an SWC file: number, kind (1 soma, 3 dendrite), place, radius, parent.
    func swc() -> [UInt8] {
        var text = ""
        for (index, sample) in samples.enumerated() {
            let kind = sample.parent < 0 ? 1 : 3
            text += String(
                format: "%d %d %.5f %.5f %.5f %.5f %d\n", index + 1, kind, sample.place.x, sample.place.y,
                sample.place.z, sample.radius, sample.parent < 0 ? -1 : sample.parent + 1)
        }
        return Array(text.utf8)
    }
}
