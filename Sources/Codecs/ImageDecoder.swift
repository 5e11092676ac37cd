// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// Reads pictures of every known format.
public enum ImageDecoder {
    /// Decodes a PNG or JPEG.
    ///
    /// - Throws: `CodecError`; nothing is allocated for a picture beyond `limits`.
    public static func decode(
        _ bytes: [UInt8], limits: ImageLimits = .standard
    ) throws(CodecError) -> PixelBuffer { throw CodecError(.unsupported, "Not there yet.") }

    /// Reads what a file says of itself, without decoding pixels.
    public static func header(of bytes: [UInt8]) throws(CodecError) -> ImageHeader {
        throw CodecError(.unsupported, "Not there yet.")
    }
}
