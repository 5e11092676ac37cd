// SPDX-License-Identifier: Apache-2.0

/// A canonical Huffman code as deflate writes it (RFC 1951, 3.2.2).
struct HuffmanCode {
    /// Bits of each symbol's code; 0 for symbols that do not occur.
    private(set) var lengths: [UInt8]
    /// The codes, first bit lowest.
    private(set) var codes: [UInt16]

    /// The best code for these counts whose lengths stay within the limit.
    init(counts: [UInt32], limit: Int) {
        lengths = Self.lengths(counts, limit)
        codes = Self.codes(lengths)
    }

    /// A code by its lengths.
    init(lengths: [UInt8]) { (self.lengths, codes) = (lengths, Self.codes(lengths)) }

    private static func lengths(_ counts: [UInt32], _ limit: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: counts.count)
        // Count in the high bits, symbol in the low: sorting needs no look-ups.
        let used = counts.indices.filter { counts[$0] > 0 }.map { UInt64(counts[$0]) << 16 | UInt64($0) }.sorted()
        guard used.count > 1 else {
            if let only = used.first { result[Int(only & 0xFFFF)] = 1 }
            return result
        }
        var depths = depths(used.map { $0 >> 16 })
        enforce(limit, on: &depths)
        // The rarest symbols come first and have the longest codes.
        for (entry, depth) in zip(used, depths) { result[Int(entry & 0xFFFF)] = UInt8(depth) }
        return result
    }

    /// Depth of each leaf of a Huffman tree; weights rise, so depths fall. Two queues: leaves and joined nodes.
    private static func depths(_ weights: [UInt64]) -> [Int] {
        let count = weights.count
        var sums = weights + [UInt64](repeating: 0, count: count - 1)
        var parents = [Int](repeating: 0, count: 2 * count - 1)
        var (leaf, joined) = (0, count)
        for node in count..<2 * count - 1 {
            for _ in 0..<2 {
                let takesLeaf = leaf < count && (joined >= node || sums[leaf] <= sums[joined])
                let child = takesLeaf ? leaf : joined
                if takesLeaf { leaf += 1 } else { joined += 1 }
                sums[node] += sums[child]
                parents[child] = node
            }
        }
        var depths = [Int](repeating: 0, count: 2 * count - 1)
        for node in (0..<2 * count - 2).reversed() { depths[node] = depths[parents[node]] + 1 }
        return Array(depths.prefix(count))
    }

    /// Cuts depths to the limit and lengthens others until the code fits again; depths fall before and after.
    private static func enforce(_ limit: Int, on depths: inout [Int]) {
        guard let deepest = depths.first, deepest > limit else { return }
        var perDepth = [Int](repeating: 0, count: limit + 1)
        for depth in depths { perDepth[min(depth, limit)] += 1 }
        // Kraft's sum in units of the longest code.
        var sum = (1...limit).reduce(0) { $0 + perDepth[$1] << (limit - $1) }
        while sum > 1 << limit {
            // A leaf above the limit and one at it become two a level below the former.
            guard let depth = (1..<limit).last(where: { perDepth[$0] > 0 }) else { break }
            perDepth[depth] -= 1
            perDepth[depth + 1] += 2
            perDepth[limit] -= 1
            sum -= 1
        }
        var index = 0
        for depth in (1...limit).reversed() {
            for _ in 0..<perDepth[depth] {
                depths[index] = depth
                index += 1
            }
        }
    }

    private static func codes(_ lengths: [UInt8]) -> [UInt16] {
        var perLength = [Int](repeating: 0, count: 17)
        for length in lengths where length > 0 { perLength[Int(length)] += 1 }
        var next = [Int](repeating: 0, count: 17)
        for length in 1..<16 { next[length + 1] = (next[length] + perLength[length]) << 1 }
        return lengths.map { length in
            guard length > 0 else { return 0 }
            let code = next[Int(length)]
            next[Int(length)] += 1
            // Codes are stored from their first bit on.
            return reversed(UInt16(truncatingIfNeeded: code)) >> UInt16(16 - length)
        }
    }

    private static func reversed(_ bits: UInt16) -> UInt16 {
        var bits = bits.byteSwapped
        bits = bits >> 4 & 0x0F0F | (bits & 0x0F0F) << 4
        bits = bits >> 2 & 0x3333 | (bits & 0x3333) << 2
        return bits >> 1 & 0x5555 | (bits & 0x5555) << 1
    }
}
