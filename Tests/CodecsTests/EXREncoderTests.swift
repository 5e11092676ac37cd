// SPDX-License-Identifier: Apache-2.0
import CDeflate
import Testing

@testable import Codecs

@Suite struct EXREncoderTests {
    private func samples(_ count: Int) -> [Float] {
        (0..<count).map { $0 % 7 == 0 ? .infinity : Float($0) * 0.37 - 2 }
    }

    /// Reads the blocks of a file back by the layout description.
    private func read(_ file: [UInt8], width: Int, height: Int, channels: Int, linesPerBlock: Int) throws -> [Float] {
        func number(_ at: Int, _ count: Int) -> Int {
            (0..<count).reversed().reduce(0) { $0 << 8 | Int(file[at + $1]) }
        }
        let blocks = (height + linesPerBlock - 1) / linesPerBlock
        // The header ends with an empty attribute name; the table's first entry points behind the table.
        let table = try #require((0..<file.count - 8).first { number($0, 8) == $0 + 8 * blocks && file[$0 - 1] == 0 })
        var result: [Float] = []
        for block in 0..<blocks {
            let at = number(table + 8 * block, 8)
            #expect(number(at, 4) == block * linesPerBlock)
            let lines = min(linesPerBlock, height - block * linesPerBlock)
            let size = lines * channels * width * 4
            var data = Array(file[(at + 8)..<(at + 8 + number(at + 4, 4))])
            if data.count < size { data = try unpack(data, size) }
            result += data.withUnsafeBytes { raw in
                (0..<size / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
            }
        }
        return result
    }

    private func unpack(_ data: [UInt8], _ size: Int) throws -> [UInt8] {
        let inflater = try #require(libdeflate_alloc_decompressor())
        defer { libdeflate_free_decompressor(inflater) }
        var bytes = [UInt8](repeating: 0, count: size)
        try #require(
            libdeflate_zlib_decompress(inflater, data, data.count, &bytes, size, nil) == LIBDEFLATE_SUCCESS)
        for index in 1..<size { bytes[index] = bytes[index - 1] &+ bytes[index] &- 128 }
        return (0..<size).map { bytes[$0 % 2 * ((size + 1) / 2) + $0 / 2] }
    }

    @Test("samples come back bit for bit, channels in order of their names", arguments: EXREncoder.Compression.allCases)
    func survives(compression: EXREncoder.Compression) throws {
        for (width, height) in [(1, 1), (5, 16), (7, 33)] {
            let red = samples(width * height)
            let depth = red.map { -$0 }
            let file = try EXREncoder.encode(
                width: width, height: height, channels: [("Z", depth), ("R", red)], compression: compression)
            #expect(Array(file.prefix(8)) == [0x76, 0x2F, 0x31, 0x01, 2, 0, 0, 0])
            let back = try read(
                file, width: width, height: height, channels: 2, linesPerBlock: compression == .zip ? 16 : 1)
            var expected: [Float] = []
            for y in 0..<height {
                let row = y * width..<(y + 1) * width
                expected += red[row]
                expected += depth[row]
            }
            #expect(back == expected)
        }
    }

    @Test("several pictures stand in one file, each part under its name", arguments: EXREncoder.Compression.allCases)
    func parts(compression: EXREncoder.Compression) throws {
        let (width, height) = (5, 33)
        let color = samples(width * height)
        let depth = color.map { $0 + 1 }
        let file = try EXREncoder.encode(
            width: width, height: height, parts: [("color", [("G", color), ("B", depth)]), ("depth", [("R", depth)])],
            compression: compression)
        #expect(Array(file.prefix(8)) == [0x76, 0x2F, 0x31, 0x01, 2, 0x10, 0, 0])
        let back = try EXRParts(file, width: width, height: height)
        #expect(back.names == ["color", "depth"] && back.channels == [["B", "G"], ["R"]])
        var expected: [Float] = []
        for y in 0..<height {
            expected += depth[y * width..<(y + 1) * width]
            expected += color[y * width..<(y + 1) * width]
        }
        #expect(try back.samples.map { try $0.flatMap { try unpacked($0) } } == [expected, depth])
    }

    private func unpacked(_ block: EXRParts.Block) throws -> [Float] {
        let data = block.data.count < block.size ? try unpack(block.data, block.size) : block.data
        return data.withUnsafeBytes { raw in
            (0..<block.size / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }

    @Test("parts without names of their own are refused")
    func partNames() {
        for names in [[], [""], ["a", "a"], [String(repeating: "n", count: 256)]] {
            let error = #expect(throws: CodecError.self) {
                try EXREncoder.encode(width: 1, height: 1, parts: names.map { ($0, [("R", [1])]) })
            }
            #expect(error?.code == .encoding)
        }
    }

    @Test("channels that do not fill the picture are refused")
    func refusals() {
        for (width, channels) in [
            (2, [("R", [1])]), (2, []), (1, [("", [1])]), (1, [("R", [1]), ("R", [1])]), (0, [("R", [])]),
        ] as [(Int, [(name: String, samples: [Float])])] {
            let error = #expect(throws: CodecError.self) {
                try EXREncoder.encode(width: width, height: 1, channels: channels)
            }
            #expect(error?.code == .encoding)
        }
    }
}
