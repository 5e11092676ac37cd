// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// Reads pictures of every known format.
public enum ImageDecoder {
    /// Decodes a PNG or JPEG.
    ///
    /// A PNG keeps its channels (palettes become RGB or RGBA) and 8 or 16 bits; a JPEG gives 8-bit RGB or grey, turned
    /// upright. Pixels are sRGB, except in a PNG whose gAMA chunk says 1.0: those are linear.
    /// - Throws: `CodecError`; nothing is allocated for a picture beyond `limits`.
    public static func decode(
        _ bytes: [UInt8], limits: ImageLimits = .standard
    ) throws(CodecError) -> PixelBuffer {
        switch try format(of: bytes) {
        case .png: try PNGDecoder.decode(bytes, limits: limits)
        case .jpeg: try JPEGDecoder.decode(bytes, limits: limits)
        }
    }

    /// Decodes a picture that is going to be shrunk; a JPEG is then unfolded at 1/2, 1/4 or 1/8 of its size.
    ///
    /// - Parameters:
    ///   - width: columns wanted in the end; the result has at least as many, if the file has.
    ///   - height: rows wanted in the end.
    public static func decode(
        _ bytes: [UInt8], atLeastWidth width: Int, height: Int, limits: ImageLimits = .standard
    ) throws(CodecError) -> PixelBuffer {
        switch try format(of: bytes) {
        case .png: try PNGDecoder.decode(bytes, limits: limits)
        case .jpeg: try JPEGDecoder.decode(bytes, limits: limits, atLeast: (width, height))
        }
    }

    /// Reads what a file says of itself, without decoding pixels.
    public static func header(of bytes: [UInt8]) throws(CodecError) -> ImageHeader {
        switch try format(of: bytes) {
        case .png: try PNGHeader(bytes).summary
        case .jpeg: try JPEGDecoder.header(of: bytes)
        }
    }

    private static func format(of bytes: [UInt8]) throws(CodecError) -> ImageFormat {
        if let format = ImageFormat.detect(bytes) { return format }
        if bytes.isEmpty { throw CodecError(.truncated, "The picture file is empty.") }
        if bytes.count < 8, PNGChunks.signature.starts(with: bytes) || [0xFF, 0xD8].starts(with: bytes) {
            throw CodecError(.truncated, "The picture file ends within its first bytes.")
        }
        throw CodecError(.notAnImage, "The bytes are neither PNG nor JPEG.")
    }
}
