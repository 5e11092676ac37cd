// SPDX-License-Identifier: Apache-2.0
import ImageCore
import TestFixtures
import Testing

@testable import Codecs

@Suite struct FloatJPEGTests {
    @Test(
        "a JPEG of the pixels that a real Brayns sent as PNG is the one that it sent, byte for byte",
        arguments: [
            ("45-snapshot-png", "48-snapshot-jpg-q100", 90), ("45-snapshot-png", "47-snapshot-jpg-q50", 50),
            ("61-render-image-no-render", "58-render-image-force", 90),
        ])
    func recorded(source: String, target: String, quality: Int) throws {
        let picture = try ImageDecoder.decode(try Fixtures.bytes("brayns/\(source)/response.payload.png"))
        var encoder = JPEGEncoder(quality: quality)
        encoder.matchesSTB = true
        let file = try encoder.encode(Self.withoutAlpha(picture))
        #expect(file == (try Fixtures.bytes("brayns/\(target)/response.payload.jpg")))
    }

    private static let rgb = PixelFormat(channels: .rgb, sample: .uint8, transfer: .sRGB, alpha: .none)

    private static func withoutAlpha(_ picture: borrowing PixelBuffer) -> PixelBuffer {
        let bytes = picture.packedBytes()
        let colors = stride(from: 0, to: bytes.count, by: 4).flatMap { bytes[$0..<$0 + 3] }
        return PixelBuffer(width: picture.width, height: picture.height, format: rgb, packed: colors)
    }

    @Test(
        "pictures of odd sizes come back nearly as they were, in both kinds of subsampling", arguments: [true, false])
    func oddSizes(keepsFullColor: Bool) throws {
        for (width, height) in [(1, 1), (7, 1), (1, 64), (8, 8), (17, 33), (64, 257)] {
            let bytes = (0..<width * height).flatMap { place in
                [UInt8(clamping: place % width * 3), UInt8(clamping: place / width), UInt8(100)]
            }
            let picture = PixelBuffer(width: width, height: height, format: Self.rgb, packed: bytes)
            var encoder = JPEGEncoder(quality: 95, keepsFullColor: keepsFullColor)
            encoder.matchesSTB = true
            let back = try ImageDecoder.decode(try encoder.encode(picture))
            #expect(back.width == width && back.height == height)
            let differences = zip(back.packedBytes(), bytes).map { abs(Int($0) - Int($1)) }
            #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 3, "\(width)x\(height)")
        }
    }

    @Test("noise of all qualities is decoded to about what it was", arguments: [1, 10, 49, 50, 75, 100])
    func noise(quality: Int) throws {
        var state: UInt32 = 7
        let bytes = (0..<64 * 48 * 3).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        let picture = PixelBuffer(width: 64, height: 48, format: Self.rgb, packed: bytes)
        var encoder = JPEGEncoder(quality: quality, keepsFullColor: true)
        encoder.matchesSTB = true
        let file = try encoder.encode(picture)
        let back = try ImageDecoder.decode(file).packedBytes()
        #expect(back.count == bytes.count)
        let sum = zip(back, bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(Double(sum) / Double(bytes.count) < (quality == 100 ? 2 : 70))
    }
}
