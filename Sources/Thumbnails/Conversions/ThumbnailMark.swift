// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import Jobs

/// What a thumbnail was made from: a text in the picture itself, so that no record of our own can be lost or contradict it.
struct ThumbnailMark: Codable, Hashable, Sendable {
    /// The PNG text that holds it.
    static let keyword = "darkroom:conversion"
    /// Where a picture's head ends for who looks for the mark.
    static let headLength = 1 << 16

    /// Stands for everything of the job that decides on pixels.
    var settings: String
    /// Every file read, by its name in the container, with its version; empty for one that was not there.
    var inputs: [String: String]

    /// The mark of a picture, given its first bytes; `nil` when it has none.
    static func read(head: [UInt8]) -> ThumbnailMark? {
        // The mark is the chunk behind the header: signature (8), IHDR (25), then length, type, data, checksum.
        guard head.count >= 45 else { return nil }
        let length = head[33..<37].reduce(0) { $0 << 8 | Int($1) }
        guard length <= head.count - 45 else { return nil }
        let end: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]
        let texts = (try? PNGText.read(from: head[..<(45 + length)] + end)) ?? []
        guard let text = texts.first(where: { $0.keyword == keyword })?.text else { return nil }
        return try? JSONDecoder().decode(ThumbnailMark.self, from: Data(text.utf8))
    }

    /// The picture with the mark in it.
    func inserted(into png: [UInt8]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(self), as: UTF8.self)
        return PictureText.inserting([PNGText(keyword: Self.keyword, text: text)], into: png)
    }
}
