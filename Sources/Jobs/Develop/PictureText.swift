// SPDX-License-Identifier: Apache-2.0
import Codecs

/// Puts text entries into a finished PNG or JPEG without touching its pixels.
package enum PictureText {
    /// The PNG with text chunks after its header; bytes that are no PNG come back as they are.
    package static func inserting(_ text: [PNGText], into png: [UInt8]) -> [UInt8] {
        // Signature (8), then IHDR: length (4), type (4), data (13), CRC (4).
        let head = 33
        guard ImageFormat.detect(png) == .png, png.count > head else { return png }
        return png[..<head] + text.flatMap(chunk) + png[head...]
    }

    /// The JPEG with a comment after its start marker and its JFIF header.
    static func inserting(comment: String, into jpeg: [UInt8]) -> [UInt8] {
        guard ImageFormat.detect(jpeg) == .jpeg, jpeg.count > 6 else { return jpeg }
        let text = Array(comment.utf8.prefix(65_000))
        let length = text.count + 2
        var place = 2
        if jpeg[2] == 0xFF, jpeg[3] == 0xE0 { place = min(jpeg.count, 4 + Int(jpeg[4]) << 8 + Int(jpeg[5])) }
        let marker: [UInt8] = [0xFF, 0xFE, UInt8(length >> 8), UInt8(length & 255)]
        return jpeg[..<place] + marker + text + jpeg[place...]
    }

    /// The first comment of a JPEG.
    static func comment(of jpeg: [UInt8]) -> String? {
        guard ImageFormat.detect(jpeg) == .jpeg else { return nil }
        var place = 2
        while place + 4 <= jpeg.count, jpeg[place] == 0xFF, jpeg[place + 1] != 0xDA {
            let length = Int(jpeg[place + 2]) << 8 | Int(jpeg[place + 3])
            guard length >= 2, place + 2 + length <= jpeg.count else { return nil }
            if jpeg[place + 1] == 0xFE {
                return String(decoding: jpeg[(place + 4)..<(place + 2 + length)], as: UTF8.self)
            }
            place += 2 + length
        }
        return nil
    }

    /// A tEXt chunk, or iTXt where the text is not plain ASCII.
    private static func chunk(_ entry: PNGText) -> [UInt8] {
        let isPlain = entry.text.utf8.allSatisfy { $0 < 128 && $0 != 0 }
        var body = Array((isPlain ? "tEXt" : "iTXt").utf8)
        body += Array(entry.keyword.utf8) + [0]
        if !isPlain { body += [0, 0, 0, 0] }
        body += entry.text.utf8.filter { $0 != 0 }
        return bigEndian(UInt32(body.count - 4)) + body + bigEndian(checksum(body))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
    }

    /// CRC-32 as PNG defines it (ISO 3309), bit by bit: chunks of text are short.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
