// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Testing

@testable import Codecs

@Suite struct PNGBandsTests {
    @Test("bands of any height join to the picture", arguments: ExpectedImage.names("png"))
    func joins(name: String) throws {
        let bytes = try ExpectedImage.bytes(name)
        let whole = try ImageDecoder.decode(bytes)
        for rows in [1, 2, 3, 7, 1000] {
            var bands = try PNGBands(bytes)
            #expect(bands.width == whole.width && bands.height == whole.height && bands.format == whole.format)
            var joined: [UInt8] = []
            while let band = bands.next(rows) {
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
}
