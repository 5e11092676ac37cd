// SPDX-License-Identifier: Apache-2.0
import ImageCore
import TestFixtures
import Testing

/// The example of `ImageCore.docc`, compiled and run.
@Suite struct DocumentedExampleTests {
    @Test("the page's example runs as it stands there")
    func example() throws {
        let bytes = [UInt8](repeating: 128, count: 64 * 48 * 4)
        let picture = PixelBuffer(width: 64, height: 48, format: .rgba8, packed: bytes)

        let small = picture.resized(width: 32, height: 24)
        let brighter = picture.developed(DevelopSettings(exposure: 1, toneMap: .filmic))
        let distance = try PixelBuffer.compare(picture, brighter)
        let isBlank = small.statistics().isBlank

        #expect(small.width == 32 && small.height == 24 && isBlank)
        #expect(distance.rmse > 1 && distance.psnr.isFinite)
        let page = "Sources/ImageCore/ImageCore.docc/ImageCore.md"
        #expect(try DocumentedExample.strayLine(of: page, in: #filePath) == nil)
    }
}
