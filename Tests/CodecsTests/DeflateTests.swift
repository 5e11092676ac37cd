// SPDX-License-Identifier: Apache-2.0
import CDeflate
import ImageCore
import Testing

@testable import Codecs

@Suite struct DeflateTests {
    private func kraft(_ lengths: [UInt8]) -> Int {
        lengths.filter { $0 > 0 }.reduce(0) { $0 + 1 << (15 - Int($1)) }
    }

    @Test("a code is complete, within its limit, and gives frequent symbols the shorter codes")
    func huffman() {
        var generator = SeededGenerator(4)
        var fibonacci: [UInt32] = [1, 1]
        while fibonacci.count < 40 { fibonacci.append(fibonacci[fibonacci.count - 1] + fibonacci[fibonacci.count - 2]) }
        var cases: [[UInt32]] = [fibonacci, [5, 5], [0, 9, 0, 1], [UInt32](repeating: 1, count: 286)]
        for _ in 0..<50 {
            cases.append((0..<286).map { _ in UInt32(generator.next() >> (generator.next() % 33 + 31) & 0xFFFFFF) })
        }
        for counts in cases {
            for limit in [9, 12, 15] {
                let code = HuffmanCode(counts: counts, limit: limit)
                #expect(code.lengths.allSatisfy { $0 <= limit } && kraft(code.lengths) == 1 << 15)
                let used = counts.indices.filter { counts[$0] > 0 }.sorted { counts[$0] < counts[$1] }
                #expect(used.allSatisfy { code.lengths[$0] > 0 })
                for (rare, frequent) in zip(used, used.dropFirst()) where counts[rare] < counts[frequent] {
                    #expect(code.lengths[rare] >= code.lengths[frequent])
                }
            }
        }
    }

    @Test("RFC 1951's own example gets its codes")
    func canonical() {
        let code = HuffmanCode(lengths: [3, 3, 3, 3, 3, 2, 4, 4])
        #expect(code.codes == [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111])
    }

    @Test("one symbol, or none, is a code")
    func degenerate() {
        #expect(HuffmanCode(counts: [0, 7, 0], limit: 7).lengths == [0, 1, 0])
        #expect(HuffmanCode(counts: [0, 0], limit: 7).lengths == [0, 0])
    }

    @Test("checksums of parts join to that of the whole", arguments: [(0, 5), (5, 0), (1, 1), (70000, 65521)])
    func checksums(first: Int, second: Int) {
        let bytes = Self.noise(first + second, zeros: 1)
        let whole = libdeflate_adler32(1, bytes, bytes.count)
        let parts = bytes.withUnsafeBufferPointer { bytes in
            [bytes[..<first], bytes[first...]].map { StreamPart([], of: UnsafeBufferPointer(rebasing: $0)) }
        }
        #expect(StreamPart.adler(parts) == whole)
    }

    @Test("blocks join to a stream that inflates, on every kernel set", arguments: [0, 1, 9, 300, 70000, 300_001])
    func blocks(count: Int) throws {
        for zeros: UInt64 in [1, 3, 40] {
            let bytes = Self.noise(count, zeros: zeros)
            for name in KernelSet.available {
                let stream = Self.packed(bytes, RunDeflater(kernels: KernelSet(name).table))
                #expect(try Self.inflated(stream, count) == bytes, "\(name), a value in \(zeros)")
            }
            #expect(
                Set(KernelSet.available.map { Self.packed(bytes, RunDeflater(kernels: KernelSet($0).table)) }).count
                    == 1)
        }
    }

    @Test("symbols that the sample lacks are written all the same")
    func unsampled() throws {
        // Only what lies behind the first stretch holds anything but zeros.
        let bytes = [UInt8](repeating: 0, count: 5000) + (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let stream = Self.packed(bytes, RunDeflater(kernels: KernelSet.current.table))
        #expect(try Self.inflated(stream, bytes.count) == bytes)
    }

    @Test(
        "a walk finds the last block of whatever libdeflate writes", arguments: [0, 1, 12], [0, 1, 100, 70000, 900_000])
    func walk(level: Int32, count: Int) throws {
        for zeros: UInt64 in [1, 2, 50] {
            let deflater = try #require(libdeflate_alloc_compressor(level))
            defer { libdeflate_free_compressor(deflater) }
            let bytes = Self.noise(count, zeros: zeros)
            let bound = libdeflate_deflate_compress_bound(deflater, count)
            var stream = [UInt8](unsafeUninitializedCapacity: bound) {
                $1 = libdeflate_deflate_compress(deflater, bytes, count, $0.baseAddress, bound)
            }
            let block = try #require(DeflateWalk.lastBlock(of: stream))
            #expect((block.endBit + 7) / 8 == stream.count)
            // Without its mark the stream goes on; with another last block behind it, it ends.
            stream[block.finalBit / 8] &= ~(1 << UInt8(block.finalBit % 8))
            #expect(DeflateWalk.lastBlock(of: stream) == nil)
            if block.endBit + 3 > 8 * stream.count { stream.append(0) }
            stream += [0, 0, 0xFF, 0xFF, 3, 0]
            #expect(try Self.inflated(stream, count) == bytes)
        }
    }

    @Test("a walk over a broken stream ends")
    func brokenWalk() {
        #expect(DeflateWalk.lastBlock(of: []) == nil)
        #expect(DeflateWalk.lastBlock(of: [7]) == nil)
        for seed in 0..<2000 as Range<UInt64> {
            var generator = SeededGenerator(seed)
            let stream = (0..<40).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            if let block = DeflateWalk.lastBlock(of: stream) { #expect(block.endBit <= 320) }
        }
    }

    /// Bytes of which all but one in `zeros` are 0.
    private static func noise(_ count: Int, zeros: UInt64) -> [UInt8] {
        var generator = SeededGenerator(UInt64(count) + zeros)
        return (0..<count).map { _ in generator.next() % zeros == 0 ? UInt8(truncatingIfNeeded: generator.next()) : 0 }
    }

    /// Two blocks of runs and literals.
    private static func packed(_ bytes: [UInt8], _ deflater: RunDeflater) -> [UInt8] {
        let padded = bytes + [1]
        return padded.withUnsafeBufferPointer { padded in
            let half = bytes.count / 2
            return [(padded[..<half], false), (padded[half..<bytes.count], true)].flatMap { part, isLast in
                [UInt8](unsafeUninitializedCapacity: RunDeflater.bound(part.count)) { target, count in
                    guard let target = target.baseAddress else { return }
                    count = deflater.pack(UnsafeBufferPointer(rebasing: part), isLast: isLast, into: target)
                }
            }
        }
    }

    private static func inflated(_ stream: [UInt8], _ count: Int) throws -> [UInt8] {
        let inflater = try #require(libdeflate_alloc_decompressor())
        defer { libdeflate_free_decompressor(inflater) }
        var back = [UInt8](repeating: 9, count: count + 1)
        var size = 0
        let status = libdeflate_deflate_decompress(inflater, stream, stream.count, &back, count + 1, &size)
        #expect(status == LIBDEFLATE_SUCCESS)
        return Array(back.prefix(size))
    }

    @Test("libpng's decoder reads what the fast level writes", arguments: PNGCompression.allCases)
    func libpngReads(compression: PNGCompression) throws {
        let image = PNGEncoderTests.picture(700, 500, .rgba8)
        let file = try PNGEncoder(compression: compression).encode(image)
        #expect(try LibPNG.decode(file, .rgba8) == image.packedBytes())
    }
}
