// SPDX-License-Identifier: Apache-2.0

/// Reads SWC files: a sample a line, each with the number of the one it goes on from.
struct SWCReader {
    private struct Point {
        var type: Int
        var sample: Morphology.Sample
        var parent: Int
        var children: [Int] = []
    }

    private var points: [Point] = []
    private var morphology = Morphology()
    private var nextID = 1

    /// Reads a file's text.
    ///
    /// A new section begins at a root, where a section forks, and where the kind changes; it repeats its parent's last
    /// sample unless it begins at the soma.
    ///
    /// - Throws: `ModelError` with `.corrupt` for lines that are no samples, or samples that go on from none there is.
    static func read(_ text: String, shown: String) throws(ModelError) -> Morphology {
        var reader = SWCReader()
        try reader.readPoints(text, shown)
        reader.makeSoma()
        let roots = reader.points.indices.filter { reader.isRoot($0) }
        for root in roots { reader.makeSections(from: root) }
        return reader.morphology
    }

    private mutating func readPoints(_ text: String, _ shown: String) throws(ModelError) {
        var places: [Int: Int] = [:]
        var parents: [Int] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let fields = line.split(separator: "#", omittingEmptySubsequences: false)[0].split { $0.isWhitespace }
            guard !fields.isEmpty else { continue }
            let numbers = fields.prefix(6).compactMap { Float($0) }
            guard fields.count >= 7, numbers.count == 6, numbers.allSatisfy(\.isFinite),
                let id = Int(fields[0]), let type = Int(fields[1]), let parent = Int(fields[6])
            else { throw ModelError(.corrupt, "Line \(number + 1) of \(shown) is no sample: \(line.prefix(60))") }
            guard places.updateValue(points.count, forKey: id) == nil else {
                throw ModelError(.corrupt, "Line \(number + 1) of \(shown) gives the number \(id) a second time.")
            }
            let sample = Morphology.Sample(
                position: SIMD3(numbers[2], numbers[3], numbers[4]), radius: max(0, numbers[5]))
            points.append(Point(type: type, sample: sample, parent: -1))
            parents.append(parent)
        }
        for (place, parent) in parents.enumerated() where parent >= 0 {
            guard let target = places[parent], target != place else {
                throw ModelError(.corrupt, "\(shown) has a sample that goes on from \(parent), which is not there.")
            }
            points[place].parent = target
            points[target].children.append(place)
        }
        try refuseCircles(shown)
        guard !points.isEmpty else { throw ModelError(.empty, "\(shown) holds no samples.") }
    }

    /// Samples that no root leads to go on from one another in a circle.
    private func refuseCircles(_ shown: String) throws(ModelError) {
        var reached = points.indices.filter { points[$0].parent < 0 }
        var next = 0
        while next < reached.count {
            reached += points[reached[next]].children
            next += 1
        }
        guard reached.count == points.count else {
            throw ModelError(.corrupt, "\(shown) has samples that go on from one another in a circle.")
        }
    }

    private func isSoma(_ place: Int) -> Bool { points[place].type == 1 }

    private func isRoot(_ place: Int) -> Bool {
        !isSoma(place) && (points[place].parent < 0 || isSoma(points[place].parent))
    }

    private mutating func makeSoma() {
        let places = points.indices.filter(isSoma)
        guard let first = places.first else { return }
        let isThree = places.count == 3 && places.dropFirst().allSatisfy { points[$0].parent == first }
        let form: Morphology.SomaForm = places.count == 1 ? .point : isThree ? .threePoints : .cylinders
        morphology.soma = .init(form: form, samples: places.map { points[$0].sample })
    }

    /// The section that begins at a point, then those that go on from it, deepest first.
    private mutating func makeSections(from root: Int) {
        var waiting: [(place: Int, parent: Int)] = [(root, -1)]
        while let (start, parent) = waiting.popLast() {
            var samples: [Morphology.Sample] = []
            if parent >= 0 { samples.append(points[points[start].parent].sample) }
            var place = start
            samples.append(points[place].sample)
            while let next = points[place].children.first, points[place].children.count == 1,
                points[next].type == points[place].type
            {
                place = next
                samples.append(points[place].sample)
            }
            let id = nextID
            nextID += 1
            if let kind = Self.kinds[points[start].type] {
                morphology.sections.append(.init(id: id, parent: parent, kind: kind, samples: samples))
            }
            for child in points[place].children.reversed() where !isSoma(child) { waiting.append((child, id)) }
        }
    }

    private static let kinds: [Int: Morphology.Kind] = [2: .axon, 3: .dendrite, 4: .apicalDendrite]
}
