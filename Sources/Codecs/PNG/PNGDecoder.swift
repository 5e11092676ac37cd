// SPDX-License-Identifier: Apache-2.0
import CPNGShim
import ImageCore

/// Reads PNG pixels.
///
/// Samples of 1, 2 and 4 bits are widened to 8, 16 bits stay 16, palettes and tRNS become RGB(A). Pixels are taken as
/// sRGB, whatever a profile (iCCP) or gAMA says, with one exception: a gAMA of 1.0 without sRGB or iCCP gives a picture
/// of linear transfer.
enum PNGDecoder {
    static func decode(_ bytes: [UInt8], limits: ImageLimits) throws(CodecError) -> PixelBuffer {
        let header = try PNGHeader(bytes)
        let format = header.pixelFormat
        try limits.check(width: header.width, height: header.height, bytesPerPixel: format.bytesPerPixel)
        try checkPlausible(header, fileBytes: bytes.count)
        let image = PixelBuffer(width: header.width, height: header.height, format: format)
        var failure = png_shim_error()
        let status = bytes.withUnsafeBufferPointer { source in
            png_shim_decode(
                source.baseAddress!, source.count, UInt32(header.width), UInt32(header.height),
                Int32(format.channels.rawValue), Int32(format.sample.byteCount * 8),
                image.base.assumingMemoryBound(to: UInt8.self), image.stride, &failure)
        }
        guard status == 0 else { throw error(failure) }
        return image
    }

    /// Deflate cannot unfold more than 1032 bytes from one, so a small file that names a huge picture lies.
    private static func checkPlausible(_ header: PNGHeader, fileBytes: Int) throws(CodecError) {
        let bits = header.width * header.colorType.samples * header.bitDepth
        let packed = (bits + 7) / 8 * header.height
        guard packed / 1040 <= fileBytes else {
            throw CodecError(
                .truncated, "The PNG names \(header.width)x\(header.height) pixels but holds too few bytes for them.")
        }
    }

    static func error(_ failure: png_shim_error) -> CodecError {
        let text = failure.sentence
        if text.contains("ends too early") || text.contains("Not enough image data") {
            return CodecError(.truncated, "The PNG ends before its last row: the file was cut off.")
        }
        return CodecError(.corrupt, "The PNG cannot be decoded: \(text).")
    }
}

extension png_shim_error {
    /// The text up to its NUL.
    var sentence: String {
        withUnsafeBytes(of: text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
