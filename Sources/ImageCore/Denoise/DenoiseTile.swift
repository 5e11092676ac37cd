// SPDX-License-Identifier: Apache-2.0

/// Part of a picture that one thread works on at once: its sums fit into the second cache.
struct DenoiseTile: Sendable {
    static let width = 64
    static let rows = 16
    /// Columns that kernels work on at once.
    static let step = 16

    let x: Int
    let y: Int
    /// Rows; columns beyond the picture's are computed and not used.
    let height: Int
    /// Columns within the picture.
    let columns: Int

    /// The tile of a number, rows of tiles from the top.
    init(_ index: Int, width: Int, height: Int) {
        let across = (width + Self.width - 1) / Self.width
        x = index % across * Self.width
        y = index / across * Self.rows
        self.height = min(Self.rows, height - y)
        columns = min(Self.width, width - x)
    }

    static func count(width: Int, height: Int) -> Int {
        ((width + Self.width - 1) / Self.width) * ((height + Self.rows - 1) / Self.rows)
    }
}

/// Which sixteen columns of which rows of a tile have work.
struct DenoiseWork: Sendable {
    private static let groups = DenoiseTile.width / DenoiseTile.step
    /// A bit for each group of columns, row by row.
    private var rows = SIMD16<UInt8>.zero

    /// The groups of a tile in which any of the planes has a sample above zero.
    init(_ planes: [Int], _ field: DenoiseField, _ tile: DenoiseTile) {
        for y in 0..<tile.height {
            for plane in planes {
                let samples = field.place(plane, x: tile.x, y: tile.y + y)
                for x in 0..<tile.columns where samples[x] > 0 { rows[y] |= 1 << UInt8(x / DenoiseTile.step) }
            }
        }
    }

    /// Whether a group of a row has work.
    func has(_ group: Int, row: Int) -> Bool { rows[row] >> UInt8(group) & 1 != 0 }

    /// Rectangles that hold all work: neighbouring groups together, of the rows from their first to their last.
    var boxes: [DenoiseBox] {
        var boxes: [DenoiseBox] = []
        var last = -1
        for group in 0..<Self.groups {
            guard let first = (0..<DenoiseTile.rows).first(where: { has(group, row: $0) }),
                let end = (0..<DenoiseTile.rows).last(where: { has(group, row: $0) })
            else { continue }
            if last == group - 1, var box = boxes.popLast() {
                box.groups = box.groups.lowerBound..<group + 1
                box.rows = min(box.rows.lowerBound, first)..<max(box.rows.upperBound, end + 1)
                boxes.append(box)
            } else {
                boxes.append(DenoiseBox(groups: group..<group + 1, rows: first..<end + 1))
            }
            last = group
        }
        return boxes
    }
}

/// A rectangle of a tile.
struct DenoiseBox: Sendable, Hashable {
    /// Sixteen columns each.
    var groups: Range<Int>
    var rows: Range<Int>

    var width: Int { groups.count * DenoiseTile.step }
    /// First column, from the tile's.
    var x: Int { groups.lowerBound * DenoiseTile.step }
}
