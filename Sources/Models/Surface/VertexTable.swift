// SPDX-License-Identifier: Apache-2.0

/// Finds a corner among those that were met before, by a hash of what it is.
struct VertexTable: ~Copyable {
    /// High half: the hash; low half: the vertex. A hash never has all bits.
    private var slots: [UInt64]
    private var count = 0

    private static let free = UInt64.max

    init(expected: Int) {
        var capacity = 64
        while capacity < 2 * expected { capacity *= 2 }
        slots = [UInt64](repeating: Self.free, count: capacity)
    }

    /// The first words of sixteen, brought to a hash.
    @inline(__always)
    static func hash(_ row: SIMD16<UInt32>, width: Int) -> UInt64 { mixed(row, width) }

    /// Four words, brought to a hash.
    @inline(__always)
    static func hash(_ row: SIMD4<UInt32>) -> UInt64 { mixed(row, 4) }

    @inline(__always)
    private static func mixed<Row: SIMD<UInt32>>(_ row: Row, _ width: Int) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for word in 0..<width {
            state = (state ^ UInt64(row[word])) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 29
        }
        return state
    }

    /// The vertex with this hash that is the one looked for, or `new`, which is taken in.
    @inline(__always)
    mutating func vertex(_ hash: UInt64, orNew new: UInt32, isSame: (Int) -> Bool) -> UInt32 {
        if 2 * count >= slots.count { grow() }
        let mark = hash & 0x7FFF_FFFF_0000_0000
        let mask = slots.count - 1
        var slot = Int(mark >> 32) & mask
        while slots[slot] != Self.free {
            let entry = slots[slot]
            if entry & 0x7FFF_FFFF_0000_0000 == mark, isSame(Int(entry & 0xFFFF_FFFF)) {
                return UInt32(truncatingIfNeeded: entry)
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = mark | UInt64(new)
        count += 1
        return new
    }

    private mutating func grow() {
        var larger = [UInt64](repeating: Self.free, count: 2 * slots.count)
        let mask = larger.count - 1
        for entry in slots where entry != Self.free {
            var slot = Int(entry >> 32) & mask
            while larger[slot] != Self.free { slot = (slot + 1) & mask }
            larger[slot] = entry
        }
        slots = larger
    }
}
