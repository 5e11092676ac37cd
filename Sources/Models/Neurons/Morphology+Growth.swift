// SPDX-License-Identifier: Apache-2.0

extension Morphology {
    /// Cuts every branch where so much of the way from the soma to its longest end is gone.
    mutating func grow(to share: Float) {
        let children = children()
        var order = children[-1] ?? []
        var next = 0
        while next < order.count {
            order += children[sections[order[next]].id] ?? []
            next += 1
        }
        var distances = [[Float]](repeating: [], count: sections.count)
        measure(order, children, &distances)
        var lengths = [Float](repeating: 0, count: sections.count)
        for index in order.reversed() {
            let longest = (children[sections[index].id] ?? []).map { lengths[$0] }.max()
            lengths[index] = longest ?? distances[index].last ?? 0
        }
        for index in order {
            let end = distances[index].firstIndex { lengths[index] > 0 && $0 / lengths[index] >= share }
            if let end { sections[index].samples.removeSubrange(end...) }
        }
        sections.removeAll { $0.samples.isEmpty }
    }

    /// The way from the soma to each sample, along the branches.
    private func measure(_ order: [Int], _ children: [Int: [Int]], _ distances: inout [[Float]]) {
        var starts: [Int: (distance: Float, position: SIMD3<Float>)] = [:]
        for index in order {
            let section = sections[index]
            guard let first = section.samples.first else { continue }
            var (distance, position) = starts[section.parent] ?? (0, first.position)
            for sample in section.samples {
                distance += (sample.position - position).length
                position = sample.position
                distances[index].append(distance)
            }
            starts[section.id] = (distance, position)
        }
    }
}
