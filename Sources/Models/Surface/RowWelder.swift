// SPDX-License-Identifier: Apache-2.0

/// Finds equal rows of 32-bit words, bit by bit.
enum RowWelder {
    /// Numbers the distinct rows in the order in which they first appear.
    /// - Parameters:
    ///   - rows: `width` words a row, tightly packed.
    ///   - width: words a row, at least 1.
    /// - Returns: for each row the number of its kind, and for each kind its first row.
    static func weld(_ rows: [UInt32], width: Int) -> (numbers: [UInt32], firsts: [Int]) {
        let count = rows.count / width
        guard count > 0 else { return ([], []) }
        var capacity = 16
        while capacity < 2 * count { capacity *= 2 }
        let mask = capacity - 1
        var firsts: [Int] = []
        let numbers = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { table in
            table.initialize(repeating: .max)
            return rows.withUnsafeBufferPointer { rows in
                [UInt32](unsafeUninitializedCapacity: count) { numbers, filled in
                    for row in 0..<count {
                        let start = row * width
                        var slot = Int(truncatingIfNeeded: hash(rows, start, width)) & mask
                        while table[slot] != .max, !equal(rows, firsts[Int(table[slot])] * width, start, width) {
                            slot = (slot + 1) & mask
                        }
                        if table[slot] == .max {
                            table[slot] = UInt32(firsts.count)
                            firsts.append(row)
                        }
                        numbers[row] = table[slot]
                    }
                    filled = count
                }
            }
        }
        return (numbers, firsts)
    }

    private static func hash(_ rows: UnsafeBufferPointer<UInt32>, _ start: Int, _ width: Int) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for word in start..<start + width {
            state = (state ^ UInt64(rows[word])) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 29
        }
        return state
    }

    private static func equal(_ rows: UnsafeBufferPointer<UInt32>, _ a: Int, _ b: Int, _ width: Int) -> Bool {
        for word in 0..<width where rows[a + word] != rows[b + word] { return false }
        return true
    }
}
