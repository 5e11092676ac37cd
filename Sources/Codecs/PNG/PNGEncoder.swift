// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// How much time a PNG may take for being small.
public enum PNGCompression: String, Sendable, Hashable, CaseIterable, Codable {
    case fast
    case balanced
    case small
}

/// Writes PNG files.
public struct PNGEncoder: Sendable, Hashable {
    public var compression: PNGCompression
    /// Whether a picture whose alpha is 255 everywhere is written without alpha, one without colour as grey, and
    /// one of at most 256 colours with a palette.
    public var reducesColorType: Bool

    public init(compression: PNGCompression = .balanced, reducesColorType: Bool = false) {
        (self.compression, self.reducesColorType) = (compression, reducesColorType)
    }

    /// Encodes a picture of 8 or 16 bits a sample; float samples are written with 16 bits.
    ///
    /// Colour is stored as sRGB with straight alpha, as PNG demands.
    /// - Parameters:
    ///   - text: entries for tEXt, or iTXt when a text is not Latin-1.
    ///   - xmp: an XMP packet, stored under `XML:com.adobe.xmp`.
    public func encode(
        _ image: borrowing PixelBuffer, text: [PNGText] = [], xmp: String? = nil
    ) throws(CodecError) -> [UInt8] { throw CodecError(.encoding, "Not there yet.") }
}
