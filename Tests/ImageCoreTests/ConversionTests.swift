// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ImageCore

@Suite struct ConversionTests {
    static let formats: [PixelFormat] = PixelFormat.Channels.allCases.flatMap { channels in
        PixelFormat.Sample.allCases.map { sample in
            PixelFormat(
                channels: channels, sample: sample, transfer: sample == .float32 ? .linear : .sRGB,
                alpha: channels.hasAlpha ? .straight : .none)
        }
    }

    @Test("8-bit pictures survive a wider format and come back bit for bit", arguments: formats)
    func survives(wide: PixelFormat) {
        guard wide.channels == .rgba else { return }
        let image = TestPictures.noise(31, 9)
        #expect(image.converted(to: wide).converted(to: .rgba8).packedBytes() == image.packedBytes())
    }

    @Test("16-bit codes survive linear floats")
    func sixteenBits() {
        let format = PixelFormat(channels: .rgba, sample: .uint16, transfer: .sRGB, alpha: .straight)
        let float = PixelFormat(channels: .rgba, sample: .float32, transfer: .linear, alpha: .straight)
        let image = TestPictures.noise(64, 33, format: format)
        #expect(image.converted(to: float).converted(to: format).packedBytes() == image.packedBytes())
    }

    @Test("every format converts to every other", arguments: formats)
    func everyPair(source: PixelFormat) {
        for target in Self.formats {
            let image = PixelBuffer(width: 5, height: 3, format: source, filledWith: SIMD4(0.5, 0.5, 0.5, 1))
            let twin = image.converted(to: target).converted(to: .rgba8)
            #expect(
                twin.packedBytes()
                    == [UInt8](repeating: 0, count: 60).enumerated().map { $0.offset % 4 == 3 ? 255 : 188 })
        }
    }

    @Test("grey is mixed in linear light")
    func grey() {
        let grey = PixelFormat(channels: .grey, sample: .uint8, transfer: .sRGB, alpha: .none)
        let green = PixelBuffer(width: 1, height: 1, format: .rgb8, packed: [0, 255, 0])
        #expect(green.converted(to: grey).packedBytes() == [UInt8((255 * SRGB.encoded(0.7152)).rounded())])
    }

    @Test("taking alpha away keeps the straight colour; premultiplied colour is divided first")
    func droppingAlpha() {
        let image = PixelBuffer(width: 1, height: 1, format: .rgba8, packed: [200, 100, 50, 128])
        #expect(image.converted(to: .rgb8).packedBytes() == [200, 100, 50])
        #expect(image.converted(to: .linearRGBA).converted(to: .rgb8).packedBytes() == [200, 100, 50])
    }

    @Test("a picture over a colour is mixed in linear light")
    func flattened() {
        let half = PixelBuffer(width: 1, height: 1, format: .rgba8, packed: [255, 0, 0, 128])
        let flat = half.flattened(over: SIMD3(1, 1, 1)).packedBytes()
        let share = 128.0 / 255
        #expect(flat[0] == 255 && abs(Double(flat[1]) - 255 * SRGB.encoded(1 - share)) < 0.6 && flat[1] == flat[2])
    }

    @Test("over adds coverage and needs equal sizes")
    func over() throws {
        let top = PixelBuffer(width: 2, height: 1, format: .rgba8, packed: [255, 0, 0, 255, 0, 0, 0, 0])
        let bottom = PixelBuffer(width: 2, height: 1, format: .rgba8, packed: [0, 0, 255, 77, 0, 0, 255, 77])
        #expect(try top.over(background: bottom).packedBytes() == [255, 0, 0, 255, 0, 0, 255, 77])
        let small = PixelBuffer(width: 1, height: 1, format: .rgba8)
        #expect(throws: ImageError.self) { try top.over(background: small).width }
    }

    /// Porter and Duff's formula in doubles.
    private func mixed(_ top: ArraySlice<UInt8>, _ bottom: ArraySlice<UInt8>, _ space: ResampleSpace) -> [Double] {
        let (t, b) = (top.map { Double($0) / 255 }, bottom.map { Double($0) / 255 })
        let alpha = t[3] + b[3] * (1 - t[3])
        let color = (0..<3).map { c in
            let (above, below) = space == .gamma ? (t[c], b[c]) : (SRGB.linear(t[c]), SRGB.linear(b[c]))
            let mean = alpha > 0 ? (above * t[3] + below * b[3] * (1 - t[3])) / alpha : 0
            return 255 * (space == .gamma ? mean : SRGB.encoded(mean))
        }
        return color + [255 * alpha]
    }

    @Test("straight pixels over others are within a code of the formula", arguments: ResampleSpace.allCases)
    func overIsExact(space: ResampleSpace) throws {
        let top = TestPictures.noise(67, 41, seed: 3)
        let bottom = TestPictures.noise(67, 41, seed: 4)
        let (above, below) = (top.packedBytes(), bottom.packedBytes())
        let result = try top.over(background: bottom, space: space).packedBytes()
        for i in stride(from: 0, to: result.count, by: 4) where result[i + 3] > 0 {
            let expected = mixed(above[i..<i + 4], below[i..<i + 4], space)
            for c in 0..<4 { #expect(abs(Double(result[i + c]) - expected[c]) <= 1) }
        }
    }

    @Test("premultiplied pixels mixed by their stored values are within a code of the straight ones")
    func overPremultiplied() throws {
        let premultiplied = PixelFormat(channels: .rgba, sample: .uint8, transfer: .sRGB, alpha: .premultiplied)
        let top = TestPictures.noise(129, 9, seed: 5)
        let bottom = TestPictures.noise(129, 9, seed: 6)
        let straight = try top.over(background: bottom, space: .gamma).converted(to: premultiplied).packedBytes()
        let quick = try top.converted(to: premultiplied)
            .over(background: bottom.converted(to: premultiplied), space: .gamma).packedBytes()
        #expect(zip(quick, straight).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
        // The way by floats, for two formats.
        let mixed = try top.converted(to: premultiplied).over(background: bottom, space: .gamma).packedBytes()
        #expect(zip(mixed, straight).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
    }

    @Test("pictures with padded rows and pictures larger than caches are converted as small ones are")
    func largePictures() {
        let wide = TestPictures.noise(2111, 2203, seed: 8)
        for alpha in [PixelFormat.Alpha.premultiplied, .none] {
            let channels: PixelFormat.Channels = alpha == .none ? .rgb : .rgba
            let target = PixelFormat(channels: channels, sample: .uint8, transfer: .sRGB, alpha: alpha)
            let whole = wide.converted(to: target)
            let part = wide.cropped(x: 0, y: 2000, width: 2111, height: 203).converted(to: target)
            #expect(whole.cropped(x: 0, y: 2000, width: 2111, height: 203).packedBytes() == part.packedBytes())
        }
        let padded = PixelBuffer(width: 5, height: 3, format: .rgba8, stride: 32)
        for y in 0..<3 { padded.row(y).initializeMemory(as: UInt8.self, repeating: UInt8(y), count: 32) }
        let rows = (0..<3).flatMap { [UInt8](repeating: $0, count: 15) }
        #expect(padded.converted(to: .rgb8).packedBytes() == rows)
    }

    @Test("cropping is clipped to the picture, also for absurd rectangles")
    func crop() {
        let image = TestPictures.noise(7, 5)
        let part = image.cropped(x: 2, y: 1, width: 3, height: 2)
        #expect(part.width == 3 && part.height == 2)
        #expect(Array(part.packedBytes().prefix(12)) == Array(image.packedBytes()[(7 * 4 + 8)..<(7 * 4 + 20)]))
        #expect(image.cropped(x: -5, y: -5, width: 100, height: 100).packedBytes() == image.packedBytes())
        #expect(image.cropped(x: 9, y: 0, width: 4, height: 4).width == 0)
        #expect(image.cropped(x: 1, y: 0, width: .max, height: 1).width == 6)
        #expect(image.cropped(x: .min, y: 0, width: -3, height: 1).width == 0)
    }

    @Test("padding puts the colour around the picture")
    func pad() {
        let image = PixelBuffer(width: 1, height: 1, format: .rgb8, packed: [1, 2, 3])
        let framed = image.padded(left: 1, top: 0, right: 1, bottom: 1, color: SIMD4(1, 0, 0, 0.5))
        #expect(
            framed.packedBytes() == [255, 0, 0, 1, 2, 3]
                + [UInt8](repeating: 0, count: 12).enumerated().map { $0.offset % 3 == 0 ? 255 : 0 })
    }

    @Test("a wider stride changes nothing")
    func strideIsHidden() {
        var wide = PixelBuffer(width: 5, height: 4, format: .rgba8, stride: 37)
        let tight = TestPictures.noise(5, 4)
        for y in 0..<4 {
            var row = wide.mutableRowBytes(y)
            for x in 0..<20 { row.storeBytes(of: tight.packedBytes()[y * 20 + x], toByteOffset: x, as: UInt8.self) }
        }
        #expect(wide.packedBytes() == tight.packedBytes())
        #expect(wide.converted(to: .linearRGBA).packedBytes() == tight.converted(to: .linearRGBA).packedBytes())
        #expect(wide.resized(width: 3, height: 3).packedBytes() == tight.resized(width: 3, height: 3).packedBytes())
    }

    @Test("what Brayns drew comes back as its light, and developing again gives the same picture")
    func brayns() {
        let drawn = PixelBuffer(width: 2, height: 1, format: .rgba8, packed: [134, 134, 134, 127, 207, 122, 0, 255])
        let light = drawn.undevelopedFromBrayns()
        #expect(light.format == .linearRGBA)
        let values = light.bytes
        let red = values.unsafeLoad(fromByteOffset: 16, as: Float.self)
        #expect(abs(red - 1) < 0.01)
        // Half covered grey of 0.5: premultiplied light of a quarter.
        #expect(abs(values.unsafeLoad(fromByteOffset: 0, as: Float.self) - 0.25) < 0.002)
        let opaque = light.cropped(x: 1, y: 0, width: 1, height: 1)
        let again = opaque.developed(DevelopSettings(toneMap: .brayns), as: .rgba8).packedBytes()
        #expect(again == [207, 122, 0, 255])
    }

    @Test("one stop doubles light")
    func exposure() {
        let image = PixelBuffer(width: 1, height: 1, format: .linearRGBA, floats: [0.1, 0.2, 0.05, 0.5])
        let result = image.developed(DevelopSettings(exposure: 1))
        #expect(
            (0..<4).map { result.bytes.unsafeLoad(fromByteOffset: 4 * $0, as: Float.self) } == [0.2, 0.4, 0.1, 0.5])
    }
}
