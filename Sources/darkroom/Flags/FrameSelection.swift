// SPDX-License-Identifier: Apache-2.0

/// A choice of frames by number, such as `2,4,10-20`.
struct FrameSelection: Sendable, Hashable {
    var ranges: [ClosedRange<Int>]

    /// Reads numbers and ranges parted by commas, or gives `nil` when the text is neither.
    init?(_ text: String) {
        ranges = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            switch ends.count {
            case 1:
                guard let only = ends[0], only >= 0 else { return nil }
                ranges.append(only...only)
            case 2:
                guard let first = ends[0], let last = ends[1], first >= 0, first <= last else { return nil }
                ranges.append(first...last)
            default: return nil
            }
        }
    }

    /// Whether frame `number` was chosen.
    func contains(_ number: Int) -> Bool { ranges.contains { $0.contains(number) } }
}
