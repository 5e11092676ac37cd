// SPDX-License-Identifier: Apache-2.0

/// The cells that a circuit's shapes belong to.
struct CellList: Sendable {
    /// The cells' numbers in their population, rising.
    var ids: [Int]
    /// The shapes of each cell.
    var parts: [Range<Int>]

    /// The cell that a shape belongs to.
    func id(ofPart part: Int) -> Int? {
        var (low, high) = (0, parts.count)
        while low < high {
            let middle = (low + high) / 2
            if parts[middle].upperBound <= part { low = middle + 1 } else { high = middle }
        }
        return low < parts.count && parts[low].contains(part) ? ids[low] : nil
    }
}
