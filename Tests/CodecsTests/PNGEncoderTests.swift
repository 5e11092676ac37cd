// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Testing

@testable import Codecs

@Suite struct PNGEncoderTests {
    static func picture(_ width: Int, _ height: Int, _ format: PixelFormat, seed: UInt64 = 3) -> PixelBuffer {
        var generator = SeededGenerator(seed)
        // Noise, flat runs and a gradient, so that every filter and run length comes up.
        let packed = (0..<width * height * format.bytesPerPixel).map { index in
            let line = index / max(1, width * format.bytesPerPixel)
            return switch line % 4 {
            case 0: UInt8(truncatingIfNeeded: generator.next())
            case 1: UInt8(17)
            case 2: UInt8(truncatingIfNeeded: index / 3 + line)
            default: generator.next() % 9 == 0 ? UInt8(truncatingIfNeeded: generator.next()) : 200
            }
        }
        return PixelBuffer(width: width, height: height, format: format, packed: packed)
    }

    static let formats: [PixelFormat] = PixelFormat.Channels.allCases.flatMap { channels in
        [PixelFormat.Sample.uint8, .uint16].map { sample in
            PixelFormat(
                channels: channels, sample: sample, transfer: .sRGB, alpha: channels.hasAlpha ? .straight : .none)
        }
    }

    @Test(
        "what is written comes back bit for bit", arguments: formats, PNGCompression.allCases)
    func survives(format: PixelFormat, compression: PNGCompression) throws {
        for (width, height) in [(1, 1), (7, 5), (64, 3), (257, 65), (3, 300)] {
            let image = Self.picture(width, height, format)
            let file = try PNGEncoder(compression: compression).encode(image)
            let back = try ImageDecoder.decode(file)
            #expect(back.format == format && back.width == width && back.height == height)
            #expect(back.packedBytes() == image.packedBytes())
        }
    }

    @Test("the same picture gives the same bytes", arguments: PNGCompression.allCases)
    func isDeterministic(compression: PNGCompression) throws {
        let image = Self.picture(301, 220, .rgba8)
        let encoder = PNGEncoder(compression: compression)
        #expect(try encoder.encode(image) == encoder.encode(image))
    }

    @Test("smaller layouts hold the same picture", arguments: PNGCompression.allCases)
    func reduces(compression: PNGCompression) throws {
        let encoder = PNGEncoder(compression: compression, reducesColorType: true)
        var generator = SeededGenerator(8)
        let noise = (0..<40 * 30).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        let cases: [(PNGHeader.ColorType, (Int) -> [UInt8])] = [
            (.rgba, { [noise[$0], UInt8($0 % 251), 7, noise[$0]] }), (.rgb, { [noise[$0], UInt8($0 % 251), 7, 255] }),
            (.greyAlpha, { [noise[$0], noise[$0], noise[$0], UInt8($0 % 251)] }),
            (.palette, { [UInt8($0 % 5), 9, noise[$0] & 1, $0 % 7 == 0 ? 128 : 255] }),
        ]
        for (type, pixel) in cases {
            let image = PixelBuffer(
                width: 40, height: 30, format: .rgba8, packed: (0..<1200).flatMap { pixel($0) })
            let file = try encoder.encode(image)
            #expect(try PNGHeader(file).colorType == type)
            #expect(try ImageDecoder.decode(file).converted(to: .rgba8).packedBytes() == image.packedBytes())
        }
        let small = PixelBuffer(width: 9, height: 2, format: .rgba8, filledWith: SIMD4(0.5, 0.5, 0.5, 1))
        #expect(try PNGHeader(encoder.encode(small)).colorType == .grey)
    }

    @Test("float pictures are stored with 16 bits, sRGB and straight alpha")
    func floats() throws {
        let image = PixelBuffer(width: 1, height: 1, format: .linearRGBA, floats: [0.25, 0.5, 0, 0.5])
        let back = try ImageDecoder.decode(PNGEncoder().encode(image))
        #expect(back.format.sample == .uint16 && back.format.transfer == .sRGB)
        let samples = back.packedBytes().withUnsafeBytes { raw in
            (0..<4).map { raw.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self) }
        }
        #expect(samples == [0.5, 1, 0, -1].map { $0 < 0 ? 32768 : UInt16((65535 * SRGB.encoded($0)).rounded()) })
    }

    @Test("pixels an inch are stored as pixels a metre", arguments: [(72, 2835), (300, 11811), (0, nil), (-1, nil)])
    func resolution(perInch: Double, perMetre: UInt32?) throws {
        var encoder = PNGEncoder()
        encoder.pixelsPerInch = perInch
        let file = try encoder.encode(Self.picture(3, 3, .rgba8))
        var chunks = try PNGChunks(file)
        var found: UInt32?
        while let chunk = try chunks.next(), chunk.type != .imageData {
            guard chunk.type == PNGChunkType("pHYs") else { continue }
            found = file.bigEndian32(at: chunk.data.lowerBound)
            #expect(file.bigEndian32(at: chunk.data.lowerBound + 4) == found && file[chunk.data.lowerBound + 8] == 1)
        }
        #expect(found == perMetre)
    }

    @Test("texts and XMP come back without decoding pixels")
    func texts() throws {
        let texts = [
            PNGText(keyword: "Software", text: "Darkroom"), PNGText(keyword: "Comment", text: "naïve café"),
            PNGText(keyword: "Title", text: "日本語 🙂"), PNGText(keyword: "Empty", text: ""),
        ]
        for compression in PNGCompression.allCases {
            let image = Self.picture(5, 4, .rgba8)
            let file = try PNGEncoder(compression: compression).encode(image, text: texts, xmp: "<x:xmpmeta/>")
            #expect(
                try PNGText.read(from: file) == texts + [PNGText(keyword: PNGText.xmpKeyword, text: "<x:xmpmeta/>")])
            #expect(try ImageDecoder.decode(file).packedBytes() == image.packedBytes())
        }
    }

    @Test(
        "a keyword that PNG cannot hold is refused",
        arguments: ["", " a", "a ", "a  b", "日本", "a\nb", String(repeating: "k", count: 80)])
    func keywords(keyword: String) {
        let image = Self.picture(2, 2, .rgba8)
        let text = [PNGText(keyword: keyword, text: "x")]
        #expect(#expect(throws: CodecError.self) { try PNGEncoder().encode(image, text: text) }?.code == .encoding)
    }

    @Test("a picture without pixels and a text with NUL are refused")
    func refusals() {
        let empty = PixelBuffer(width: 0, height: 3, format: .rgba8)
        #expect(#expect(throws: CodecError.self) { try PNGEncoder().encode(empty) }?.code == .encoding)
        let image = Self.picture(2, 2, .rgba8)
        let text = [PNGText(keyword: "k", text: "a\0b")]
        #expect(#expect(throws: CodecError.self) { try PNGEncoder().encode(image, text: text) }?.code == .encoding)
    }
}
