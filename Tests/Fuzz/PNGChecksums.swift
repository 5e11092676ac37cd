// SPDX-License-Identifier: Apache-2.0

/// Right checksums for chunks that lie whole in a broken PNG.
enum PNGChecksums {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    /// The file with the CRC of each chunk set right, `nil` when the bytes do not begin as a PNG does.
    static func mended(_ png: [UInt8]) -> [UInt8]? {
        guard png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { return nil }
        var png = png
        var at = 8
        while at + 12 <= png.count {
            let length = png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= png.count - at - 12 else { break }
            let crc = ~png[(at + 4)..<(at + 8 + length)].reduce(~0) { table[Int(($0 ^ UInt32($1)) & 255)] ^ $0 >> 8 }
            for byte in 0..<4 {
                png[at + 8 + length + byte] = UInt8(truncatingIfNeeded: crc >> (24 - 8 * UInt32(byte)))
            }
            at += 12 + length
        }
        return png
    }
}
