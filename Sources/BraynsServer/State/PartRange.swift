// SPDX-License-Identifier: Apache-2.0

/// Part numbers as requests name them: `4`, `0-9`, `1,3-5`.
enum PartRange {
    /// Rising numbers in the same writing, neighbours joined.
    static func text(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, number == last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }

    /// The parts meant, all of them below `count`.
    static func parse(_ text: String, count: Int) throws(RPCFailure) -> [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = piece.split(separator: "-", omittingEmptySubsequences: false)
            guard let first = ends.first.flatMap({ Int($0) }), let last = ends.last.flatMap({ Int($0) }),
                ends.count <= 2, first >= 0, first <= last
            else { throw .internalError("'\(text)' names no parts; write numbers and ranges such as 0-9") }
            guard last < count else {
                throw .internalError("Part \(last) of '\(text)' is beyond the last, \(count - 1)")
            }
            ranges.append(first...last)
        }
        return ranges
    }
}
