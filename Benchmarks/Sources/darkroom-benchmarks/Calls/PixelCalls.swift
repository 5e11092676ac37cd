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

    static func over(_ options: CallOptions) throws -> PreparedCall {
        let frame = try Frame(options)
        let below = Frame(
            PixelBuffer(
                width: frame.width, height: frame.height, format: frame.pixels.format,
                filledWith: SIMD4(0.2, 0.3, 0.4, 1)))
        return PreparedCall(work: Double(3 * frame.byteCount)) {
            let result = try frame.pixels.over(background: below.pixels)
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
        let (source, target) = (Bytes(count: count), Bytes(count: count))
        return PreparedCall(work: Double(2 * count)) {
            memcpy(target.base, source.base, count)
            return nil
        }
    }
}
