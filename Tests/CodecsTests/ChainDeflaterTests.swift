// SPDX-License-Identifier: Apache-2.0
import CDeflate
import ImageCore
import TestFixtures
import Testing

@testable import Codecs

@Suite struct ChainDeflaterTests {
    private static func inflated(_ stream: [UInt8], count: Int) throws -> [UInt8] {
        let inflater = try #require(libdeflate_alloc_decompressor())
        defer { libdeflate_free_decompressor(inflater) }
        var result = [UInt8](repeating: 0, count: count + 1)
        var written = 0
        let status = libdeflate_zlib_decompress(inflater, stream, stream.count, &result, count + 1, &written)
        #expect(status == LIBDEFLATE_SUCCESS)
        return Array(result.prefix(written))
    }

    @Test("whatever goes in comes out", arguments: [0, 1, 2, 3, 4, 7, 64, 257, 32768, 70_001])
    func inflates(count: Int) throws {
        var generator = SeededGenerator(UInt64(count))
        let noise = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        let zeros = [UInt8](repeating: 0, count: count)
        let words = (0..<count).map { _ in UInt8(generator.next() & 3) }
        let waves = (0..<count).map { UInt8($0 * $0 / 97 & 0xFF) }
        for bytes in [noise, zeros, words, waves] {
            let stream = bytes.withUnsafeBufferPointer { ChainDeflater.stream(of: $0) }
            #expect(try Self.inflated(stream, count: count) == bytes)
        }
    }

    @Test("noise is stored, with a few bytes for the heads of blocks")
    func stored() {
        var generator = SeededGenerator(1)
        let noise = (0..<100_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        let stream = noise.withUnsafeBufferPointer { ChainDeflater.stream(of: $0) }
        #expect(stream.count == 100_000 + 2 + 4 * 5 + 4)
    }

    @Test(
        "the pixels of a real Brayns' pictures give its stream, byte for byte",
        arguments: [
            "45-snapshot-png", "49-snapshot-full", "50-snapshot-metadata", "55-render-image-png",
            "61-render-image-no-render",
        ])
    func recorded(exchange: String) throws {
        let file = try Fixtures.bytes("brayns/\(exchange)/response.payload.png")
        let picture = try ImageDecoder.decode(file)
        var encoder = PNGEncoder()
        encoder.matchesSTB = true
        #expect(try Self.imageData(encoder.encode(picture)) == Self.imageData(file))
    }

    private static func imageData(_ file: [UInt8]) throws -> [UInt8] {
        var reader = try PNGChunks(file)
        var data: [UInt8] = []
        while let chunk = try reader.next() {
            if chunk.type == .imageData { data += file[chunk.data] }
        }
        return data
    }
}
