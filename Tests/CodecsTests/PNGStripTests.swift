// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Testing

@testable import Codecs

@Suite struct PNGStripTests {
    /// Large enough for several strips at each level: a plain half, and one of noise.
    private static func large(_ format: PixelFormat = .rgba8) -> PixelBuffer {
        let (width, height) = (1100, 1000)
        var generator = SeededGenerator(8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height * format.bytesPerPixel)
        for y in 0..<height {
            for x in 0..<width * format.bytesPerPixel {
                bytes.append(
                    y < height / 2 ? UInt8(x / 64 % 7 * 30) : UInt8(truncatingIfNeeded: generator.next() >> 58))
            }
        }
        return PixelBuffer(width: width, height: height, format: format, packed: bytes)
    }

    @Test("the same bytes for any number of threads", arguments: PNGCompression.allCases)
    func threads(compression: PNGCompression) throws {
        let image = Self.large()
        let data = PNGImageData(PNGRows(image), compression)
        let alone = try data.parts(WorkerPool(threads: 1)).map(\.bytes)
        #expect(alone.count > 1)
        for threads in [2, 5] {
            #expect(try data.parts(WorkerPool(threads: threads)).map(\.bytes) == alone)
        }
    }

    @Test("the same bytes on every kernel set", arguments: PNGCompression.allCases)
    func kernels(compression: PNGCompression) throws {
        let image = PNGEncoderTests.picture(257, 300, .rgba8)
        let streams = try KernelSet.available.map { name in
            try PNGImageData(PNGRows(image), compression, kernels: KernelSet(name)).parts().flatMap(\.bytes)
        }
        #expect(Set(streams).count == 1)
    }

    @Test("a picture of several strips comes back whole, through libdeflate and through libpng")
    func wholeness() throws {
        for compression in PNGCompression.allCases {
            for format in [PixelFormat.rgba8, .rgb8] {
                let image = Self.large(format)
                let file = try PNGEncoder(compression: compression).encode(image)
                #expect(try ImageDecoder.decode(file).packedBytes() == image.packedBytes())
                #expect(try LibPNG.decode(file, format) == image.packedBytes())
            }
        }
    }

    @Test("more work never makes the file larger")
    func levels() throws {
        let sizes = try PNGCompression.allCases.map {
            try PNGEncoder(compression: $0).encode(PNGEncoderTests.picture(700, 900, .rgba8)).count
        }
        #expect(sizes[2] <= sizes[1] && sizes[1] <= sizes[0])
    }

    /// What a trial says of a picture of 200 rows.
    private static func plan(isThorough: Bool, palette: [UInt8] = [], _ sample: (Int, Int) -> UInt8) -> StripTrial.Plan
    {
        let grey = PixelFormat(channels: .grey, sample: .uint8, transfer: .sRGB, alpha: .none)
        let bytes = (0..<200 * 600).map { sample($0 % 600, $0 / 600) }
        let image = PixelBuffer(width: 600, height: 200, format: grey, packed: bytes)
        let stage = PNGFilterStage(rows: PNGRows(image, palette: palette), kernels: KernelSet.current.table)
        return CodecArena.borrow { StripTrial(stage: stage, isThorough: isThorough).plan(0..<200, $0) }
    }

    @Test(
        "a repeated pattern is packed unfiltered, and so are names of colours",
        arguments: [false, true])
    func trials(isThorough: Bool) {
        var generator = SeededGenerator(12)
        let pattern = (0..<97).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        // Shifted from row to row, so that no filter sees it, only a search.
        let repeated = Self.plan(isThorough: isThorough) { x, y in pattern[(x + 31 * y) % 97] }
        #expect(repeated == StripTrial.Plan(choice: .always(0), level: isThorough ? 8 : 6))
        let named = Self.plan(isThorough: isThorough, palette: [UInt8](repeating: 9, count: 1024)) { x, y in
            UInt8(truncatingIfNeeded: x * y)
        }
        #expect(named == StripTrial.Plan(choice: .always(0), level: isThorough ? 8 : 6))
    }

    @Test("chunks and their checksums are whole")
    func chunks() throws {
        var chunks = try PNGChunks(PNGEncoder(compression: .balanced).encode(Self.large()))
        var types: [String] = []
        while let chunk = try chunks.next() { types.append(chunk.type.description) }
        #expect(types == ["IHDR", "sRGB", "IDAT"])
    }
}
