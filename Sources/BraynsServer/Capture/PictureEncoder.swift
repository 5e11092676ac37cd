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
    static func encode(
        _ picture: borrowing PixelBuffer, as format: Format, quality: Int, xmp: String? = nil,
        compression: PNGCompression = .balanced
    ) throws -> [UInt8] {
        switch format {
        case .png: try PNGEncoder(compression: compression).encode(picture, xmp: xmp)
        case .jpeg: try JPEGEncoder(quality: quality).encode(picture.withoutAlpha())
        }
    }
}
