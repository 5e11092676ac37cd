// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import TestFixtures
import Testing

/// The example of `Codecs.docc`, compiled and run.
@Suite struct DocumentedExampleTests {
    @Test("the page's example runs as it stands there")
    func example() throws {
        let bytes = try Fixtures.bytes("brayns/45-snapshot-png/response.payload.png")

        let header = try ImageDecoder.header(of: bytes)
        let picture = try ImageDecoder.decode(bytes, limits: ImageLimits(pixels: 64 << 20))
        let thumbnail = picture.resized(width: header.width / 2, height: header.height / 2)
        let title = PNGText(keyword: "Title", text: "Thumbnail")
        let png = try PNGEncoder(compression: .fast).encode(thumbnail, text: [title])

        #expect(try PNGText.read(from: png).map(\.text) == ["Thumbnail"])
        #expect(try ImageDecoder.decode(png).packedBytes() == thumbnail.packedBytes())
        let page = "Sources/Codecs/Codecs.docc/Codecs.md"
        #expect(try DocumentedExample.strayLine(of: page, in: #filePath) == nil)
    }
}
