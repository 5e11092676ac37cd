// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ImageCore

@Suite struct PixelMemoryTests {
    @Test(
        "a new picture is zero though its size was used before", arguments: [(1, 1), (7, 3), (256, 129), (1024, 1031)])
    func zeros(width: Int, height: Int) {
        for _ in 0..<3 {
            let used = PixelBuffer(unfilledWidth: width, height: height, format: .rgba8)
            for y in 0..<height { used.row(y).initializeMemory(as: UInt8.self, repeating: 7, count: 4 * width) }
        }
        let fresh = PixelBuffer(width: width, height: height, format: .rgba8)
        #expect(fresh.packedBytes().allSatisfy { $0 == 0 })
    }

    @Test("what is kept stays below its limit, and pictures of many sizes do not share memory")
    func limit() {
        for round in 0..<40 {
            let first = PixelBuffer(unfilledWidth: 1024, height: 600 + 400 * round, format: .rgba8)
            let second = PixelBuffer(unfilledWidth: 1024, height: 600 + 400 * round, format: .rgba8)
            first.row(first.height - 1).storeBytes(of: 1, as: UInt8.self)
            second.row(second.height - 1).storeBytes(of: 2, as: UInt8.self)
            #expect(first.row(first.height - 1).load(as: UInt8.self) == 1)
            #expect(first.base != second.base)
        }
        #expect(SpareBlocks.keptBytes <= SpareBlocks.limit)
    }

    @Test("a picture made in used memory shows nothing of what was there")
    func conversions() {
        let picture = TestPictures.noise(1030, 700)
        let expected = picture.converted(to: .linearRGBA).packedBytes()
        do {
            let used = PixelBuffer(unfilledWidth: 1030, height: 700, format: .linearRGBA)
            used.base.initializeMemory(as: UInt8.self, repeating: 0xFF, count: used.byteCount)
        }
        #expect(picture.converted(to: .linearRGBA).packedBytes() == expected)
        #expect(picture.resized(width: 515, height: 350).packedBytes().count == 4 * 515 * 350)
    }
}
