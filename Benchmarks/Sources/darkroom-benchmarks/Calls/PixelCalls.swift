// SPDX-License-Identifier: Apache-2.0
import Glibc
import ImageCore

/// Passes over pixels, and the machine's own copying beside them.
enum PixelCalls {
    static func premultiply(_ options: CallOptions) throws -> PreparedCall {
        try conversion(options, to: .premultiplied, channels: .rgba)
    }

    static func dropAlpha(_ options: CallOptions) throws -> PreparedCall {
        try conversion(options, to: .none, channels: .rgb)
    }

    private static func conversion(
        _ options: CallOptions, to alpha: PixelFormat.Alpha, channels: PixelFormat.Channels
    ) throws -> PreparedCall {
        let frame = try Frame(options)
        let target = PixelFormat(channels: channels, sample: .uint8, transfer: .sRGB, alpha: alpha)
        let written = frame.width * frame.height * target.bytesPerPixel
        return PreparedCall(work: Double(frame.byteCount + written)) {
            let result = frame.pixels.converted(to: target)
            return result.width > 0 ? nil : 0
        }
    }

    /// A frame over an opaque colour; with the option `cover` every pixel of the frame has that alpha.
    static func over(_ options: CallOptions) throws -> PreparedCall {
        let drawn = try Frame(options)
        let space: ResampleSpace = try options.text("space") == "linear" ? .linearLight : .gamma
        let alpha: PixelFormat.Alpha = options.text("alpha", or: "") == "premultiplied" ? .premultiplied : .straight
        let format = PixelFormat(channels: .rgba, sample: .uint8, transfer: .sRGB, alpha: alpha)
        let cover = try options.number("cover", or: -1)
        var bytes = drawn.pixels.packedBytes()
        for place in stride(from: 3, to: bytes.count, by: 4) where cover >= 0 { bytes[place] = UInt8(cover) }
        let (width, height) = (drawn.width, drawn.height)
        let frame = Frame(
            PixelBuffer(width: width, height: height, format: .rgba8, packed: bytes).converted(to: format))
        let below = Frame(
            PixelBuffer(width: width, height: height, format: format, filledWith: SIMD4(0.2, 0.3, 0.4, 1)))
        return PreparedCall(work: Double(3 * frame.byteCount)) {
            let result = try frame.pixels.over(background: below.pixels, space: space)
            return result.width > 0 ? nil : 0
        }
    }

    static func toneMap(_ options: CallOptions) throws -> PreparedCall {
        let size = try options.size()
        let pixels = size.width * size.height
        // Light from nothing to four times white, as a frame has it.
        let samples = (0..<4 * pixels).map { (index: Int) -> Float in
            index % 4 == 3 ? 1 : Float((index &* 2_654_435_761) & 0xFFFF) / 16384
        }
        let light = Frame(
            PixelBuffer(width: size.width, height: size.height, format: .linearRGBA, floats: samples))
        let settings = DevelopSettings(toneMap: .filmic)
        return PreparedCall(work: Double(20 * pixels)) {
            let result = light.pixels.developed(settings, as: .rgba8)
            return result.width > 0 ? nil : 0
        }
    }

    /// Copies as many bytes as a pass over `size` reads and writes at `bytes` a pixel.
    static func copy(_ options: CallOptions) throws -> PreparedCall {
        let size = try options.size()
        let count = try size.width * size.height * options.number("bytes", or: 8) / 2
        // Not all the same: a page that was never written to would be read from the cache.
        let source = Bytes((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 0x9E37_79B1 >> 12) })
        let target = Bytes(count: count)
        return PreparedCall(work: Double(2 * count)) {
            memcpy(target.base, source.base, count)
            return nil
        }
    }
}
