// SPDX-License-Identifier: Apache-2.0

/// Writes names below the pictures of a contact sheet.
struct SheetLabel: Sendable {
    /// Pixels of a letter's dot.
    private let dot: Int
    private let cell: Int

    /// - Parameter cell: pixels of a cell's side.
    /// - Returns: `nil` where a cell is too narrow to tell one name from another.
    init?(cell: Int) {
        guard cell >= 64 else { return nil }
        self.cell = cell
        dot = max(1, cell / 192)
    }

    /// Pixels that a line of text takes, with its room.
    var height: Int { dot * (LabelFont.height + 4) }

    /// Letters that fit, side by side.
    private var room: Int { (cell + dot) / (dot * (LabelFont.width + 1)) }

    /// The text as it fits: the end of a name tells more than its beginning.
    func shortened(_ text: String) -> String {
        text.count <= room ? text : ".." + text.suffix(max(1, room - 2))
    }

    /// Draws a text into the RGBA pixels of a sheet, centred below a cell.
    ///
    /// In middle grey, which can be read on black, on white and on whatever shows through a transparent sheet.
    func draw(_ text: String, into bytes: inout [UInt8], width: Int, left: Int, top: Int) {
        let text = shortened(text)
        let step = dot * (LabelFont.width + 1)
        let start = left + max(0, (cell - text.count * step + dot) / 2)
        for (index, letter) in text.enumerated() {
            for y in 0..<LabelFont.height * dot {
                for x in 0..<LabelFont.width * dot where LabelFont.isSet(letter, x: x / dot, y: y / dot) {
                    let place = 4 * ((top + 2 * dot + y) * width + start + index * step + x)
                    guard place >= 0, place + 4 <= bytes.count else { continue }
                    (bytes[place], bytes[place + 1], bytes[place + 2], bytes[place + 3]) = (128, 128, 128, 255)
                }
            }
        }
    }
}
