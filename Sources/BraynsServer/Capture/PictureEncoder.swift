// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore

/// Turns drawn pixels into the picture formats of the protocol.
enum PictureEncoder {
    /// The formats by the names that requests give them.
    enum Format: Sendable {
        case png
        case jpeg

        init(name: String) throws(RPCFailure) {
            switch name {
            case "png": self = .png
            case "jpg": self = .jpeg
            default: throw .internalError("Format not supported: '\(name)'")
            }
        }
    }

    /// A PNG is always 8-bit RGBA; a JPEG leaves alpha out, for the colour stands over the background already.
    ///
    /// Both come out as a real Brayns writes them, for its users tell changed pictures by the length of their files: a
    /// PNG to a few bytes, a JPEG of the same pixels to the last.
    static func encode(
        _ picture: borrowing PixelBuffer, as format: Format, quality: Int, xmp: String? = nil
    ) throws -> [UInt8] {
        switch format {
        case .png:
            var encoder = PNGEncoder()
            encoder.matchesSTB = true
            return try encoder.encode(picture, xmp: xmp)
        case .jpeg:
            var encoder = JPEGEncoder(quality: jpegQuality(quality))
            encoder.matchesSTB = true
            return try encoder.encode(picture.withoutAlpha())
        }
    }

    /// The encoder's own quality for the one that a request names.
    ///
    /// Brayns hands its encoder 100 less the quality, and the encoder takes 0 for 90: so 100 gives 90, 50 gives 50 and,
    /// surprisingly, 75 gives 25. The two that make sense are kept and what lies between rises.
    static func jpegQuality(_ asked: Int) -> Int {
        let asked = min(100, max(0, asked))
        return asked <= 50 ? asked : 50 + (asked - 50) * 4 / 5
    }
}
