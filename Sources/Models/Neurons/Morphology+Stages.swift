// SPDX-License-Identifier: Apache-2.0

extension Morphology {
    /// Leaves out what is not asked for and brings the rest into the shape that the options describe.
    package mutating func prepare(_ options: MorphologyOptions) {
        if !options.loadsSoma { soma = nil }
        sections.removeAll { section in
            section.samples.isEmpty || !(section.kind == .axon ? options.loadsAxon : options.loadsDendrites)
        }
        switch options.geometry {
        case .smooth: smoothRadii()
        case .sectionSmooth: taperSections()
        case .constantRadii: evenRadii()
        case .original, .spheres: break
        }
        if options.subsampling > 1 {
            for index in sections.indices { sections[index].samples.thinOut(options.subsampling) }
        }
        if options.resampling <= 1 {
            for index in sections.indices { sections[index].samples.joinAligned(options.resampling) }
        }
        if options.radiusMultiplier != 1 { scaleRadii(options.radiusMultiplier) }
        if options.growth != 1 { grow(to: options.growth) }
    }

    private mutating func scaleRadii(_ factor: Float) {
        for index in sections.indices {
            for sample in sections[index].samples.indices { sections[index].samples[sample].radius *= factor }
        }
        for sample in soma?.samples.indices ?? 0..<0 { soma?.samples[sample].radius *= factor }
    }

    /// Every radius differs from the one before it by 7 hundredths at most, across forks too.
    private mutating func smoothRadii() {
        let children = children()
        var queue = children[-1] ?? []
        var next = 0
        while next < queue.count {
            let index = queue[next]
            next += 1
            var before = sections[index].samples[0].radius
            for sample in sections[index].samples.indices.dropFirst() {
                before = Self.smooth(sections[index].samples[sample].radius, after: before)
                sections[index].samples[sample].radius = before
            }
            for child in children[sections[index].id] ?? [] {
                sections[child].samples[0].radius = Self.smooth(sections[child].samples[0].radius, after: before)
                queue.append(child)
            }
        }
    }

    private static func smooth(_ radius: Float, after before: Float) -> Float {
        if radius == 0 { return before }
        let most = before * 0.07
        return min(max(radius, before - most), before + most)
    }

    /// Sections have one radius each: 11 hundredths less than their parent's.
    private mutating func taperSections() {
        let children = children()
        var queue = children[-1] ?? []
        var next = 0
        while next < queue.count {
            let parent = sections[queue[next]]
            next += 1
            for child in children[parent.id] ?? [] {
                for sample in sections[child].samples.indices {
                    sections[child].samples[sample].radius = parent.samples[0].radius * (1 - 0.11)
                }
                queue.append(child)
            }
        }
    }

    /// Everything is one scene unit thick, the soma too.
    private mutating func evenRadii() {
        for index in sections.indices {
            for sample in sections[index].samples.indices { sections[index].samples[sample].radius = 1 }
        }
        for sample in soma?.samples.indices ?? 0..<0 { soma?.samples[sample].radius = 1 }
    }
}

extension [Morphology.Sample] {
    /// Keeps the ends and every so many samples between them.
    fileprivate mutating func thinOut(_ factor: Int) {
        guard count > 2 else { return }
        let inner = stride(from: factor - 1, to: count - 2, by: factor).map { self[$0] }
        self = [self[0]] + inner + [self[count - 1]]
    }

    /// Leaves out samples where the way goes nearly straight on.
    fileprivate mutating func joinAligned(_ cosine: Float) {
        guard count > 2 else { return }
        var kept = [self[0]]
        for index in 1..<count - 1 {
            let before = (self[index].position - kept[kept.count - 1].position).normalized
            let after = (self[index + 1].position - self[index].position).normalized
            if (before * after).sum() < cosine { kept.append(self[index]) }
        }
        self = kept + [self[count - 1]]
    }
}

extension SIMD3<Float> {
    /// The length.
    var length: Float { (self * self).sum().squareRoot() }

    fileprivate var normalized: SIMD3<Float> {
        let length = length
        return length > 0 ? self / length : .zero
    }
}
