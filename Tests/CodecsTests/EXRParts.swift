// SPDX-License-Identifier: Apache-2.0
import Testing

/// Takes an OpenEXR file of several parts apart by the layout description.
struct EXRParts {
    /// A block of scan lines, packed or not, and how many bytes it has unpacked.
    struct Block {
        var data: [UInt8]
        var size: Int
    }

    private(set) var names: [String] = []
    private(set) var channels: [[String]] = []
    /// The blocks of each part.
    private(set) var samples: [[Block]] = []
    private let file: [UInt8]
    private var at = 8

    init(_ file: [UInt8], width: Int, height: Int) throws {
        self.file = file
        var layouts: [(blocks: Int, lines: Int)] = []
        while file[at] != 0 { layouts.append(try readHeader()) }
        at += 1
        for (part, (blocks, lines)) in layouts.enumerated() {
            try #require(blocks == (height + lines - 1) / lines)
            samples.append(
                try (0..<blocks).map { block in
                    let place = number(at, 8)
                    at += 8
                    try #require(number(place, 4) == part && number(place + 4, 4) == block * lines)
                    let data = Array(file[(place + 12)..<(place + 12 + number(place + 8, 4))])
                    let rows = min(lines, height - block * lines)
                    return Block(data: data, size: rows * width * channels[part].count * 4)
                })
        }
    }

    /// Reads the attributes of one part and says how many blocks of how many lines it has.
    private mutating func readHeader() throws -> (blocks: Int, lines: Int) {
        var blocks: Int?
        var lines = 1
        while file[at] != 0 {
            let (name, _) = (text(), text())
            let size = number(at, 4)
            let value = at + 4
            switch name {
            case "name": names.append(String(decoding: file[value..<value + size], as: UTF8.self))
            case "chunkCount": blocks = number(value, 4)
            case "compression": lines = file[value] == 3 ? 16 : 1
            case "channels":
                // Behind each name stand sixteen bytes of what the samples are.
                let list = file[value..<value + size - 1]
                channels.append(
                    stride(from: 0, to: list.count, by: 18).map { place in
                        String(decoding: [list[value + place]], as: UTF8.self)
                    })
            default: break
            }
            at = value + size
        }
        at += 1
        return (try #require(blocks), lines)
    }

    private mutating func text() -> String {
        let end = file[at...].firstIndex(of: 0) ?? file.count
        defer { at = end + 1 }
        return String(decoding: file[at..<end], as: UTF8.self)
    }

    private func number(_ at: Int, _ count: Int) -> Int {
        (0..<count).reversed().reduce(0) { $0 << 8 | Int(file[at + $1]) }
    }
}
