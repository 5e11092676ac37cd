// SPDX-License-Identifier: Apache-2.0

/// A morphology as shapes, with what each of them is part of.
package struct MorphologyShapes: Sendable {
    /// Either spheres or capsules.
    package var primitives = Primitives()
    /// The shapes of each section, -1 for the soma's.
    package var sections: [(id: Int, parts: Range<Int>)] = []
    /// The shapes of each kind.
    package var kinds: [(kind: Morphology.Kind, parts: Range<Int>)] = []

    private static let white = SIMD4<Float>(repeating: 1)

    /// Makes spheres of all samples, or capsules from each sample to the next.
    package init(_ morphology: Morphology, asSpheres: Bool) {
        if let soma = morphology.soma {
            if asSpheres { addSpheres(soma.samples) } else { addSoma(soma, of: morphology) }
            sections.append((-1, 0..<count))
            kinds.append((.soma, 0..<count))
        }
        for kind in Morphology.Kind.allCases {
            let start = count
            for section in morphology.sections where section.kind == kind {
                let first = count
                if asSpheres { addSpheres(section.samples) } else { addCapsules(section.samples) }
                sections.append((section.id, first..<count))
            }
            if count > start { kinds.append((kind, start..<count)) }
        }
    }

    /// How many shapes there are.
    package var count: Int { primitives.spheres.count + primitives.capsules.count }

    private mutating func addSpheres(_ samples: [Morphology.Sample]) {
        primitives.spheres += samples.map { .init(center: $0.position, radius: $0.radius, color: Self.white) }
    }

    private mutating func addCapsules(_ samples: [Morphology.Sample]) {
        for (first, second) in zip(samples, samples.dropFirst()) {
            addCone(first.position, first.radius, second.position, second.radius)
        }
    }

    private mutating func addCone(_ p0: SIMD3<Float>, _ r0: Float, _ p1: SIMD3<Float>, _ r1: Float) {
        primitives.capsules.append(.init(p0: p0, p1: p1, r0: r0, r1: r1, color: Self.white))
    }

    /// A capsule so short that it looks like a sphere, as Brayns makes them.
    private mutating func addBall(_ center: SIMD3<Float>, _ radius: Float) {
        addCone(center, radius, center + SIMD3(0, 0.01, 0), radius)
    }

    private mutating func addSoma(_ soma: Morphology.Soma, of morphology: Morphology) {
        guard let first = soma.samples.first else { return }
        switch soma.form {
        case .point: addBall(first.position, first.radius)
        case .threePoints:
            let up = SIMD3(0, first.radius, 0)
            addCone(first.position + up, first.radius, first.position - up, first.radius)
        case .cylinders: addCapsules(soma.samples)
        case .contour:
            let center = soma.samples.reduce(SIMD3<Float>.zero) { $0 + $1.position } / Float(soma.samples.count)
            let ways = soma.samples.reduce(Float(0)) { $0 + ($1.position - center).length }
            let radius = ways / Float(soma.samples.count)
            addBall(center, radius)
            for section in morphology.sections where section.parent == -1 {
                guard let start = section.samples.first else { continue }
                addCone(center, radius, start.position, start.radius)
            }
        }
    }
}
