// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Testing

@testable import Codecs

@Suite struct JPEGTests {
    @Test("every kind of JPEG decodes to its size and channels", arguments: ExpectedImage.names("jpeg"))
    func decodes(name: String) throws {
        let expected = try #require(ExpectedImage.all[name])
        let bytes = try ExpectedImage.bytes(name)
        let image = try ImageDecoder.decode(bytes)
        #expect(image.width == expected.width && image.height == expected.height)
        #expect(image.format.channels.rawValue == expected.channels && image.format.sample == .uint8)
        let header = try ImageDecoder.header(of: bytes)
        #expect(header.width == expected.width && header.height == expected.height && header.format == .jpeg)
    }

    @Test("pictures stand upright whatever their EXIF orientation", arguments: 1...8)
    func orientation(value: Int) throws {
        let image = try ImageDecoder.decode(ExpectedImage.bytes("jpeg/orientation\(value).jpg"))
        let upright = try ImageDecoder.decode(ExpectedImage.bytes("jpeg/orientation1.jpg"))
        #expect(try PixelBuffer.compare(image, upright).maxDifference <= 6)
    }

    @Test("CMYK becomes the colours it was made from")
    func cmyk() throws {
        let inks = try ImageDecoder.decode(ExpectedImage.bytes("jpeg/cmyk.jpg"))
        let colors = try ImageDecoder.decode(ExpectedImage.bytes("jpeg/orientation1.jpg"))
        #expect(try PixelBuffer.compare(inks, colors).meanAbsoluteDifference < 4)
    }

    @Test("a picture that is to be shrunk is unfolded smaller, but not too small")
    func scaled() throws {
        let bytes = try ExpectedImage.bytes("jpeg/half-colour.jpg")
        for (width, height, expected) in [
            (203, 101, 203), (102, 51, 102), (103, 20, 203), (20, 10, 26), (26, 13, 26), (27, 1, 51),
        ] {
            let image = try ImageDecoder.decode(bytes, atLeastWidth: width, height: height)
            #expect(image.width == expected)
        }
    }

    @Test("what is written comes back nearly the same", arguments: [(90, 3.0), (100, 1.5)])
    func survives(quality: Int, tolerance: Double) throws {
        let image = PNGEncoderTests.picture(1, 1, .rgb8).padded(
            left: 30, top: 20, right: 33, bottom: 17, color: SIMD4(0.2, 0.5, 0.1, 1))
        let file = try JPEGEncoder(quality: quality, keepsFullColor: true).encode(image)
        #expect(ImageFormat.detect(file) == .jpeg)
        #expect(try PixelBuffer.compare(ImageDecoder.decode(file), image).meanAbsoluteDifference < tolerance)
    }

    @Test("grey stays grey, 16 bits are narrowed, alpha and empty pictures are refused")
    func formats() throws {
        let grey = PixelFormat(channels: .grey, sample: .uint16, transfer: .sRGB, alpha: .none)
        let image = PixelBuffer(width: 9, height: 9, format: grey, filledWith: SIMD4(0.5, 0.5, 0.5, 1))
        let back = try ImageDecoder.decode(JPEGEncoder().encode(image))
        #expect(back.format.channels == .grey && back.packedBytes().allSatisfy { abs(Int($0) - 188) <= 1 })
        let clear = PixelBuffer(width: 2, height: 2, format: .rgba8)
        #expect(#expect(throws: CodecError.self) { try JPEGEncoder().encode(clear) }?.code == .encoding)
        let empty = PixelBuffer(width: 2, height: 0, format: .rgb8)
        #expect(#expect(throws: CodecError.self) { try JPEGEncoder().encode(empty) }?.code == .encoding)
        #expect(JPEGEncoder(quality: 400).quality == 100 && JPEGEncoder(quality: -4).quality == 1)
    }

    @Test("a file cut off anywhere is refused")
    func truncated() throws {
        let file = try ExpectedImage.bytes("jpeg/orientation6.jpg")
        for length in stride(from: 0, to: file.count - 2, by: 3) {
            #expect(throws: CodecError.self, "cut at \(length)") {
                try ImageDecoder.decode(Array(file.prefix(length))).width
            }
        }
    }

    @Test("limits hold before anything is allocated")
    func limits() throws {
        let file = try ExpectedImage.bytes("jpeg/progressive.jpg")
        let limits = ImageLimits(pixels: 100)
        #expect(
            #expect(throws: CodecError.self) { try ImageDecoder.decode(file, limits: limits).width }?.code == .limits)
    }
}
