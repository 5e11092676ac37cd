// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ImageCore

@Suite struct ResizeTests {
    /// The same resize in double precision, by definition: every target pixel from every source pixel in reach.
    private func reference(
        _ image: borrowing PixelBuffer, _ width: Int, _ height: Int, _ filter: ResampleFilter, _ space: ResampleSpace
    ) -> [Double] {
        let columns = ResampleWindows(source: image.width, target: width, filter: filter).windows
        let rows = ResampleWindows(source: image.height, target: height, filter: filter).windows
        let bytes = image.packedBytes()
        let pixels = (0..<image.width * image.height).map { index in
            let alpha = Double(bytes[4 * index + 3]) / 255
            var pixel = SIMD4(0, 0, 0, alpha)
            for c in 0..<3 {
                let code = Double(bytes[4 * index + c]) / 255
                pixel[c] = (space == .linearLight ? SRGB.linear(code) : code) * alpha
            }
            return pixel
        }
        var result: [Double] = []
        for row in rows {
            for column in columns {
                var sum = SIMD4<Double>.zero
                for (j, wy) in row.weights.enumerated() {
                    for (i, wx) in column.weights.enumerated() {
                        sum += pixels[(row.first + j) * image.width + column.first + i] * (wx * wy)
                    }
                }
                let alpha = min(1, max(0, sum.w))
                for c in 0..<3 {
                    let straight = sum.w > 0 ? min(1, max(0, sum[c] / sum.w)) : 0
                    result.append(255 * (space == .linearLight ? SRGB.encoded(straight) : straight))
                }
                result.append(255 * alpha)
            }
        }
        return result
    }

    @Test(
        "a resize is within 1/255 of double precision", arguments: ResampleFilter.allCases,
        [
            (37, 23, 16, 9), (16, 16, 5, 31), (9, 40, 9, 7), (3, 2, 10, 9), (64, 48, 1, 1), (1, 1, 7, 5), (7, 1, 1, 64),
            (257, 64, 64, 7), (64, 257, 7, 64), (257, 3, 258, 2),
        ])
    func isExact(filter: ResampleFilter, size: (Int, Int, Int, Int)) {
        let image = TestPictures.scene(size.0, size.1)
        for space in ResampleSpace.allCases {
            let result = image.resized(width: size.2, height: size.3, filter: filter, space: space).packedBytes()
            let expected = reference(image, size.2, size.3, filter, space)
            for (index, value) in expected.enumerated() where expected[index | 3] > 0 {
                // Straight colour of hardly covered pixels is a quotient of two small numbers: weigh it by coverage.
                let alpha = index % 4 == 3 ? 255 : expected[index | 3]
                #expect(abs(Double(result[index]) - value) * alpha / 255 <= 1)
            }
        }
    }

    @Test("several sizes from one pass are what each is alone, whatever the number of threads")
    func severalSizes() {
        let image = TestPictures.scene(257, 130)
        let sizes = [(64, 33), (257, 130), (1, 1), (300, 140), (0, 5), (7, 64)]
        let list = image.resized(to: sizes)
        for (index, (width, height)) in sizes.enumerated() {
            let alone = image.resized(width: width, height: height)
            #expect(list[index].width == width && list[index].height == height)
            #expect(list[index].packedBytes() == alone.packedBytes())
        }
    }

    @Test("bands do not show: a picture and its upper part agree where both see the same rows")
    func bandsDoNotShow() {
        let image = TestPictures.scene(40, 400)
        let tall = image.resized(width: 20, height: 200).packedBytes()
        let part = image.cropped(x: 0, y: 0, width: 40, height: 200).resized(width: 20, height: 100).packedBytes()
        #expect(tall.prefix(20 * 95 * 4) == part.prefix(20 * 95 * 4))
    }

    @Test("a flat picture stays flat", arguments: ResampleFilter.allCases)
    func staysFlat(filter: ResampleFilter) {
        let image = PixelBuffer(width: 50, height: 41, format: .rgba8, filledWith: SIMD4(0.3, 0.6, 0.1, 1))
        let color = Array(image.packedBytes().prefix(4))
        for (width, height) in [(7, 5), (99, 80), (50, 1)] {
            let result = image.resized(width: width, height: height, filter: filter).packedBytes()
            #expect(stride(from: 0, to: result.count, by: 4).allSatisfy { Array(result[$0..<$0 + 4]) == color })
        }
    }

    @Test("black and white mix to half the light, or to half the code in gamma space")
    func lightIsLinear() {
        let grey = PixelFormat(channels: .grey, sample: .uint8, transfer: .sRGB, alpha: .none)
        let image = PixelBuffer(width: 2, height: 1, format: grey, packed: [0, 255])
        #expect(image.resized(width: 1, height: 1, filter: .box).packedBytes() == [188])
        #expect(image.resized(width: 1, height: 1, filter: .box, space: .gamma).packedBytes() == [128])
    }

    @Test("hidden colour of transparent pixels does not bleed")
    func noBleeding() {
        let image = PixelBuffer(width: 2, height: 1, format: .rgba8, packed: [255, 255, 255, 0, 10, 20, 30, 255])
        #expect(image.resized(width: 1, height: 1, filter: .box).packedBytes() == [10, 20, 30, 128])
    }

    @Test("every sample type and layout resizes", arguments: ConversionTests.formats)
    func everyFormat(format: PixelFormat) {
        let image = PixelBuffer(width: 9, height: 6, format: format, filledWith: SIMD4(0.5, 0.5, 0.5, 1))
        let result = image.resized(width: 4, height: 3)
        #expect(result.format == format)
        #expect(result.converted(to: .rgba8).packedBytes().prefix(4) == [188, 188, 188, 255])
    }

    @Test("empty pictures stay empty and the same size is a copy")
    func edges() {
        let image = TestPictures.noise(6, 4)
        #expect(image.resized(width: 0, height: 9).width == 0)
        #expect(image.resized(width: 6, height: 4).packedBytes() == image.packedBytes())
        #expect(PixelBuffer(width: 0, height: 0, format: .rgba8).resized(width: 3, height: 3).width == 3)
    }

    @Test("the weights of a window add up to one and stay inside", arguments: ResampleFilter.allCases)
    func windows(filter: ResampleFilter) {
        for (source, target) in [(1, 1), (1, 9), (9, 1), (257, 64), (64, 257), (3840, 512)] {
            for window in ResampleWindows(source: source, target: target, filter: filter).windows {
                #expect(abs(window.weights.reduce(0, +) - 1) < 1e-12)
                #expect(window.first >= 0 && window.end <= source && !window.weights.isEmpty)
            }
        }
    }
}
