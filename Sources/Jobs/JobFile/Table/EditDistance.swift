// SPDX-License-Identifier: Apache-2.0

/// How far one word is from another, for "did you mean".
enum EditDistance {
    /// Insertions, deletions, substitutions and swaps of neighbours that lead from `a` to `b`
    /// (optimal string alignment).
    static func between(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.unicodeScalars.prefix(100)), Array(b.unicodeScalars.prefix(100)))
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
                row.append(best)
            }
            (before, last) = (last, row)
        }
        return last[b.count]
    }

    /// The nearest of some words, or `nil` when none is near enough to be meant.
    static func nearest(to word: String, among words: [String]) -> String? {
        let ranked = words.map { (word: $0, distance: between(word.lowercased(), $0.lowercased())) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, word.count / 3) ? best.word : nil
    }
}
