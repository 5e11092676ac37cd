// SPDX-License-Identifier: Apache-2.0
import CDeflate
import ImageCore
import TestFixtures
import Testing

@testable import Codecs

@Suite struct PNGDecoderTests {
    @Test("every kind of PNG decodes to its samples", arguments: ExpectedImage.names("png"))
    func decodes(name: String) throws {
        let expected = try #require(ExpectedImage.all[name])
        let bytes = try ExpectedImage.bytes(name)
        let image = try ImageDecoder.decode(bytes)
        #expect(image.width == expected.width && image.height == expected.height)
        #expect(image.format.channels.rawValue == expected.channels)
        #expect(image.format.sample.byteCount * 8 == expected.bits)
        let packed = image.packedBytes()
        #expect(libdeflate_crc32(0, packed, packed.count) == expected.crc)
        let header = try ImageDecoder.header(of: bytes)
        #expect(header.width == expected.width && header.height == expected.height && header.format == .png)
        #expect(header.channels == expected.channels)
    }

    @Test(
        "every broken file of PngSuite is refused for its reason",
        arguments: [
            ("xc1n0g08", .corrupt, "colour type 1"), ("xc9n2c08", .corrupt, "colour type 9"),
            ("xcrn0g04", .notAnImage, "signature"), ("xcsn0g01", .corrupt, "CRC error"),
            ("xd0n2c08", .corrupt, "0 bits"), ("xd3n2c08", .corrupt, "3 bits"), ("xd9n2c08", .corrupt, "99 bits"),
            ("xdtn0g01", .corrupt, "no IDAT"), ("xhdn0g08", .corrupt, "IHDR chunk has a wrong checksum"),
            ("xlfn0g04", .notAnImage, "signature"), ("xs1n0g01", .notAnImage, "signature"),
            ("xs2n0g01", .notAnImage, "signature"), ("xs4n0g01", .notAnImage, "signature"),
            ("xs7n0g01", .notAnImage, "signature"),
        ] as [(String, CodecError.Code, String)])
    func broken(name: String, code: CodecError.Code, reason: String) throws {
        let bytes = try ExpectedImage.bytes("pngsuite/broken/\(name).png")
        let error = #expect(throws: CodecError.self) { try PNGDecoder.decode(bytes, limits: .standard).width }
        #expect(error?.code == code && error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(throws: CodecError.self) { try ImageDecoder.decode(bytes).width }
    }

    @Test("a file cut off anywhere is refused as truncated, never half decoded")
    func truncated() throws {
        let file = try ExpectedImage.bytes("pngsuite/basn6a08.png")
        for length in 0..<file.count - 12 {
            let error = #expect(throws: CodecError.self) { try ImageDecoder.decode(Array(file.prefix(length))).width }
            #expect(error?.code == .truncated, "cut at \(length): \(error?.message ?? "")")
        }
    }

    @Test("every flipped byte is noticed or harmless")
    func flipped() throws {
        let file = try ExpectedImage.bytes("png/type6-08.png")
        let whole = try ImageDecoder.decode(file).packedBytes()
        for index in file.indices {
            var broken = file
            broken[index] ^= 0x41
            if let image = try? ImageDecoder.decode(broken) { #expect(image.packedBytes() == whole) }
        }
    }

    /// A PNG of one's own making: a header and any chunks.
    private func png(width: UInt32, height: UInt32, depth: UInt8 = 8, type: UInt8 = 6, chunks: [(String, [UInt8])])
        -> [UInt8]
    {
        var header: [UInt8] = []
        header.appendBigEndian32(width)
        header.appendBigEndian32(height)
        header += [depth, type, 0, 0, 0]
        var file = PNGChunks.signature
        for (kind, data) in [("IHDR", header)] + chunks + [("IEND", [])] {
            file.appendBigEndian32(UInt32(data.count))
            let body = Array(kind.utf8) + data
            file += body
            file.appendBigEndian32(libdeflate_crc32(0, body, body.count))
        }
        return file
    }

    @Test("a bomb is refused before anything is allocated")
    func bombs() {
        let huge = png(width: 60000, height: 60000, chunks: [("IDAT", [0x78, 0x9C])])
        #expect(#expect(throws: CodecError.self) { try ImageDecoder.decode(huge).width }?.code == .limits)
        let wide = png(width: 1 << 30, height: 1, chunks: [("IDAT", [0x78, 0x9C])])
        #expect(#expect(throws: CodecError.self) { try ImageDecoder.decode(wide).width }?.code == .limits)
        // Within the limits, but no deflate stream this short can hold it.
        let hollow = png(width: 8000, height: 8000, chunks: [("IDAT", [0x78, 0x9C])])
        #expect(#expect(throws: CodecError.self) { try ImageDecoder.decode(hollow).width }?.code == .truncated)
        let small = png(width: 100, height: 100, chunks: [("IDAT", [0x78, 0x9C])])
        let limits = ImageLimits(pixels: 9999)
        #expect(
            #expect(throws: CodecError.self) { try ImageDecoder.decode(small, limits: limits).width }?.code == .limits)
        let bytes = ImageLimits(bytes: 39999)
        #expect(
            #expect(throws: CodecError.self) { try ImageDecoder.decode(small, limits: bytes).width }?.code == .limits)
    }

    @Test("text that unfolds without end is refused")
    func textBombs() throws {
        let zeros = [UInt8](repeating: 0x41, count: 40 << 20)
        let deflater = try #require(libdeflate_alloc_compressor(9))
        defer { libdeflate_free_compressor(deflater) }
        let packed = [UInt8](unsafeUninitializedCapacity: 1 << 20) {
            $1 = libdeflate_zlib_compress(deflater, zeros, zeros.count, $0.baseAddress, 1 << 20)
        }
        try #require(!packed.isEmpty)
        let bomb = png(width: 1, height: 1, chunks: [("zTXt", Array("a".utf8) + [0, 0] + packed), ("IDAT", [0])])
        #expect(#expect(throws: CodecError.self) { try PNGText.read(from: bomb) }?.code == .limits)
        // Decoding pixels passes over it unread: the error is that of the pixels.
        #expect(#expect(throws: CodecError.self) { try ImageDecoder.decode(bomb).width }?.code != .limits)
        #expect(try PNGText.read(from: bomb, maxBytes: 64 << 20).first?.text.utf8.count == zeros.count)
    }

    @Test(
        "headers that PNG does not allow are refused",
        arguments: [(3, 8), (16, 3), (0, 6), (8, 5), (8, 1)] as [(UInt8, UInt8)])
    func headers(depth: UInt8, type: UInt8) {
        let file = png(width: 4, height: 4, depth: depth, type: type, chunks: [("IDAT", [0])])
        #expect(#expect(throws: CodecError.self) { try ImageDecoder.decode(file).width }?.code == .corrupt)
        let empty = png(width: 0, height: 4, chunks: [("IDAT", [0])])
        #expect(#expect(throws: CodecError.self) { try ImageDecoder.header(of: empty) }?.code == .corrupt)
    }

    @Test("a gamma of one means linear samples, unless sRGB says otherwise")
    func gamma() throws {
        let packed: [UInt8] = [0x78, 0x01, 0x01, 0x05, 0x00, 0xFA, 0xFF, 0, 1, 2, 3, 4, 0x00, 0x19, 0x00, 0x0B]
        let one: (String, [UInt8]) = ("gAMA", [0x00, 0x01, 0x86, 0xA0])
        let linear = png(width: 1, height: 1, chunks: [one, ("IDAT", packed)])
        #expect(try ImageDecoder.decode(linear).format.transfer == .linear)
        let both = png(width: 1, height: 1, chunks: [("sRGB", [0]), one, ("IDAT", packed)])
        #expect(try ImageDecoder.decode(both).format.transfer == .sRGB)
    }

    @Test("what is no picture is named so")
    func strangers() {
        for (bytes, code) in [
            ([], .truncated), (Array("GIF89a".utf8), .notAnImage), ([0x89, 0x50], .truncated),
            ([0xFF, 0xD8], .truncated),
            ([UInt8](repeating: 7, count: 100), .notAnImage),
        ] as [([UInt8], CodecError.Code)] {
            #expect(#expect(throws: CodecError.self) { try ImageDecoder.decode(bytes).width }?.code == code)
        }
    }
}
