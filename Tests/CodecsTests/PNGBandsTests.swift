// SPDX-License-Identifier: Apache-2.0
import CDeflate
import ImageCore
import Testing

@testable import Codecs

@Suite struct PNGBandsTests {
    @Test("bands of any height join to the picture", arguments: ExpectedImage.names("png"), [0, PNGBands.heldBytes])
    func joins(name: String, heldBytes: Int) throws {
        let bytes = try ExpectedImage.bytes(name)
        let whole = try ImageDecoder.decode(bytes)
        for rows in [1, 2, 3, 7, 1000] {
            var bands = try PNGBands(bytes, heldBytes: heldBytes)
            #expect(bands.width == whole.width && bands.height == whole.height && bands.format == whole.format)
            var joined: [UInt8] = []
            while let band = try bands.next(rows) {
                #expect(band.height <= rows)
                joined += band.packedBytes()
            }
            #expect(joined == whole.packedBytes(), "\(rows) rows a band")
        }
    }

    @Test("a broken file and one beyond the limits are refused before the first band")
    func refusals() throws {
        let file = try PNGEncoder().encode(PNGEncoderTests.picture(40, 30, .rgba8))
        #expect(#expect(throws: CodecError.self) { try PNGBands(Array(file.dropLast(20))).height }?.code == .truncated)
        let limits = ImageLimits(pixels: 1199)
        #expect(#expect(throws: CodecError.self) { try PNGBands(file, limits: limits).height }?.code == .limits)
    }

    @Test("a large file is unfolded from one chunk or many", arguments: [1, 2, 3, 100, 5000])
    func chunks(chunkBytes: Int) throws {
        let picture = PNGEncoderTests.picture(64, 70, .rgba8)
        let file = try Self.cut(PNGEncoder(compression: .fast).encode(picture), chunkBytes)
        var bands = try PNGBands(file, heldBytes: 0)
        var joined: [UInt8] = []
        while let band = try bands.next(9) { joined += band.packedBytes() }
        #expect(joined == picture.packedBytes())
    }

    @Test("a large file that breaks off or is bent says so in the middle", arguments: [0.3, 0.9])
    func brokenStream(place: Double) throws {
        let file = try PNGEncoder(compression: .fast).encode(PNGEncoderTests.picture(64, 70, .rgba8))
        var chunks = try PNGChunks(file)
        var data: Range<Int>?
        while let chunk = try chunks.next() { if chunk.type == .imageData { data = chunk.data } }
        let stream = try #require(data)
        var short = file[stream].prefix(Int(place * Double(stream.count)))
        for changed in [false, true] {
            if changed { short = file[stream].dropLast(2) + [1, 2] }
            let broken = try Self.cut(Array(file[..<stream.lowerBound]) + short + file[stream.upperBound...], nil)
            #expect(throws: CodecError.self) {
                var bands = try PNGBands(broken, heldBytes: 0)
                while let band = try bands.next(8) { #expect(band.height <= 8) }
            }
        }
    }

    /// The file with its pixels in chunks of so many bytes, or in one, lengths and checksums set right.
    private static func cut(_ file: [UInt8], _ chunkBytes: Int?) throws -> [UInt8] {
        let name = Array("IDAT".utf8)
        guard let at = file.indices.first(where: { file[$0...].starts(with: name) }) else { return file }
        let stream = file[(at + 4)..<(file.count - 16)]
        var result = Array(file[..<(at - 4)])
        for start in Swift.stride(from: stream.startIndex, to: stream.endIndex, by: chunkBytes ?? stream.count) {
            let part = stream[start..<min(start + (chunkBytes ?? stream.count), stream.endIndex)]
            result.appendBigEndian32(UInt32(part.count))
            let chunk = name + part
            result += chunk
            result.appendBigEndian32(libdeflate_crc32(0, chunk, chunk.count))
        }
        return result + file.suffix(12)
    }
}
