// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CPNGShim
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

    @Test("checksums of two stretches join", arguments: [(0, 5), (5, 0), (1, 1), (70000, 65521), (3, 200_000)])
    func checksums(first: Int, second: Int) {
        var generator = SeededGenerator(6)
        let bytes = (0..<first + second).map { _ in UInt8(truncatingIfNeeded: generator.next() | 0x80) }
        let whole = libdeflate_adler32(1, bytes, bytes.count)
        let (a, b) = (Array(bytes.prefix(first)), Array(bytes.dropFirst(first)))
        let parts = (libdeflate_adler32(1, a, a.count), libdeflate_adler32(1, b, b.count))
        #expect(PNGImageData.joined(parts.0, parts.1, bytes: second) == whole)
    }

    @Test("blocks join to a stream that inflates", arguments: [0, 1, 9, 300, 70000])
    func blocks(count: Int) throws {
        var generator = SeededGenerator(UInt64(count))
        let bytes = (0..<count).map { _ in generator.next() % 3 == 0 ? UInt8(truncatingIfNeeded: generator.next()) : 0 }
        let deflater = RunDeflater(kernels: KernelSet.current.table)
        let padded = bytes + [UInt8](repeating: 1, count: 1)
        let stream = padded.withUnsafeBufferPointer { padded in
            let half = UnsafeBufferPointer(rebasing: padded[..<(count / 2)])
            let rest = UnsafeBufferPointer(rebasing: padded[(count / 2)..<count])
            return deflater.block(half, isLast: false) + deflater.block(rest, isLast: true)
        }
        let inflater = try #require(libdeflate_alloc_decompressor())
        defer { libdeflate_free_decompressor(inflater) }
        var back = [UInt8](repeating: 9, count: count + 1)
        var size = 0
        let status = libdeflate_deflate_decompress(inflater, stream, stream.count, &back, count + 1, &size)
        #expect(status == LIBDEFLATE_SUCCESS && size == count && Array(back.prefix(count)) == bytes)
    }

    @Test("libpng's decoder reads what the fast level writes", arguments: PNGCompression.allCases)
    func libpngReads(compression: PNGCompression) throws {
        let image = PNGEncoderTests.picture(700, 500, .rgba8)
        let file = try PNGEncoder(compression: compression).encode(image)
        let back = PixelBuffer(width: 700, height: 500, format: .rgba8)
        var failure = png_shim_error()
        let status = png_shim_decode(
            file, file.count, 700, 500, 4, 8, back.base.assumingMemoryBound(to: UInt8.self), back.stride, &failure)
        #expect(status == 0 && back.packedBytes() == image.packedBytes(), "\(failure.sentence)")
    }
}
