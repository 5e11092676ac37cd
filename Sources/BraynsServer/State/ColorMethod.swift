// SPDX-License-Identifier: Apache-2.0

/// One way to colour a model, as clients choose it by name.
struct ColorMethod: Sendable {
    /// What a request names when it gives a colour.
    enum Keys: Sendable {
        /// `color`: everything.
        case whole
        /// Parts by their numbers, such as `0-9`.
        case parts(count: Int)
        /// Things with numbers of their own, such as cells, and the parts each is made of.
        case numbers([(number: Int, parts: Range<Int>)])
        /// Names, each for its parts.
        case names([String: [Range<Int>]])
    }

    var name: String
    var keys: Keys

    static let solid = ColorMethod(name: "solid", keys: .whole)

    /// What `get-color-values` answers.
    var values: [String] {
        switch keys {
        case .whole: ["color"]
        case .parts(let count): ["0-\(max(0, count - 1))"]
        case .numbers(let numbers): [PartRange.text(numbers.map(\.number))]
        case .names(let names): names.keys.sorted()
        }
    }

    /// The parts that a key of a request names; a name that nothing has is no error, as with a real Brayns.
    func parts(_ key: String) throws(RPCFailure) -> [Range<Int>] {
        switch keys {
        case .whole: return []
        case .parts(let count):
            return try PartRange.parse(key, count: count).map { $0.lowerBound..<$0.upperBound + 1 }
        case .numbers(let numbers):
            let ranges = try PartRange.parse(key, count: .max)
            return numbers.filter { entry in ranges.contains { $0.contains(entry.number) } }.map(\.parts)
        case .names(let names): return names[key] ?? []
        }
    }
}
