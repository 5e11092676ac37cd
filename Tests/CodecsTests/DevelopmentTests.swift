// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Testing

@testable import Codecs

@Suite struct DecodedDevelopmentTests {
    @Test(
        "a file developed by bands is what its picture developed is",
        arguments: [PixelFormat.rgba8, .rgb8], [(1, 1), (7, 64), (64, 257), (257, 129)])
    func bands(format: PixelFormat, size: (Int, Int)) throws {
        let packed = (0..<size.0 * size.1 * format.bytesPerPixel).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
        let picture = PixelBuffer(width: size.0, height: size.1, format: format, packed: packed)
        var rows = 0
        let made = try ImageDecoder.developed(PNGEncoder().encode(picture)) { width, height, _ in
            #expect((width, height) == size)
            return Development(outputs: [.init(width: 9, height: 5), .init(width: width, height: height)])
        } lookingAt: {
            rows += $0.height
        }
        #expect(rows == size.1)
        let expected = picture.converted(to: .rgba8)
        #expect(made[0].packedBytes() == expected.resized(width: 9, height: 5).packedBytes())
        #expect(made[1].packedBytes() == expected.packedBytes())
    }

    @Test("a JPEG is developed too, and a broken file refused")
    func others() throws {
        let picture = PixelBuffer(width: 30, height: 20, format: .rgb8, filledWith: SIMD4(0.5, 0.5, 0.5, 1))
        let made = try ImageDecoder.developed(JPEGEncoder(quality: 95).encode(picture)) { _, _, format in
            Development(outputs: [.init(width: 3, height: 2, format: format)])
        }
        #expect(made[0].packedBytes().allSatisfy { abs(Int($0) - 188) <= 2 })
        #expect(throws: CodecError.self) {
            try ImageDecoder.developed([1, 2, 3]) { _, _, _ in Development(outputs: []) }.count
        }
    }
}
