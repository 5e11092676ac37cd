// SPDX-License-Identifier: Apache-2.0
import CDeflate
import Foundation
import ImageCore
import Testing

@testable import Codecs

/// Broken files: the decoders have to refuse them or decode something within the limits, never crash.
///
/// 10,000 mutations or ten seconds, whichever comes first; `DARKROOM_SOAK=1` makes that a million or ten minutes.
@Suite struct MutationTests {
    private static let isSoak = ProcessInfo.processInfo.environment["DARKROOM_SOAK"] == "1"
    private static let limits = ImageLimits(pixels: 1 << 20, extent: 1 << 14, bytes: 1 << 23)

    @Test("mutated files never crash a decoder nor pass the limits", arguments: ["png", "jpeg"])
    func mutations(folder: String) throws {
        let corpus = try ExpectedImage.names(folder).map(ExpectedImage.bytes)
        var generator = SeededGenerator(Self.isSoak ? UInt64.random(in: 1...UInt64.max) : 2026)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Self.isSoak ? 300 : 5)
        var (decoded, refused) = (0, 0)
        for _ in 0..<(Self.isSoak ? 500_000 : 5000) where clock.now < end {
            let file = mutate(corpus.randomElement(using: &generator) ?? [], with: corpus, &generator)
            do {
                let image = try ImageDecoder.decode(file, limits: Self.limits)
                #expect(image.width * image.height <= Self.limits.pixels && image.byteCount <= Self.limits.bytes)
                decoded += 1
            } catch {
                #expect(!error.message.isEmpty)
                refused += 1
            }
            if folder == "png" { _ = try? PNGText.read(from: file, maxBytes: 1 << 16) }
        }
        #expect(decoded > 0 && refused > 0)
    }

    private func mutate(_ file: [UInt8], with corpus: [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8] {
        var file = file
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !file.isEmpty {
            let at = Int.random(in: 0..<file.count, using: &generator)
            switch generator.next() % 6 {
            case 0: file[at] = UInt8(truncatingIfNeeded: generator.next())
            case 1: file[at] ^= 1 << UInt8(generator.next() % 8)
            case 2: file.removeSubrange(at..<min(file.count, at + Int.random(in: 1...16, using: &generator)))
            case 3: file.insert(contentsOf: [0, 0xFF, 0x7F, 0x80], at: at)
            case 4:
                // Part of another file.
                if let other = corpus.randomElement(using: &generator), !other.isEmpty {
                    let start = Int.random(in: 0..<other.count, using: &generator)
                    file.replaceSubrange(at..., with: other[start...])
                }
            default:
                let run = at..<min(file.count, at + Int.random(in: 1...8, using: &generator))
                for index in run { file[index] = [0, 255, 127, 128][Int(generator.next() % 4)] }
            }
        }
        // Without right checksums nothing but the checksum test would ever be reached.
        return generator.next() % 8 == 0 ? file : withChecksums(file)
    }

    private func withChecksums(_ png: [UInt8]) -> [UInt8] {
        guard png.starts(with: PNGChunks.signature) else { return png }
        var png = png
        var at = 8
        while at + 12 <= png.count {
            let length = Int(png.bigEndian32(at: at))
            guard length <= png.count - at - 12 else { break }
            let checksum = png.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress! + at + 4, length + 4) }
            for index in 0..<4 {
                png[at + 8 + length + index] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * UInt32(index)))
            }
            at += 12 + length
        }
        return png
    }
}
