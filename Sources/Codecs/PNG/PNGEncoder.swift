// SPDX-License-Identifier: Apache-2.0
import CPNGShim
import CZlib
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
    /// Whether an 8-bit picture whose alpha is 255 everywhere is written without alpha, one without colour as grey, and
    /// one of at most 256 colours with a palette.
    public var reducesColorType: Bool

    public init(compression: PNGCompression = .balanced, reducesColorType: Bool = false) {
        (self.compression, self.reducesColorType) = (compression, reducesColorType)
    }

    /// Encodes a picture of 8 or 16 bits a sample; float samples are written with 16 bits.
    ///
    /// Colour is stored as sRGB with straight alpha, as PNG demands, whatever the picture's own format is.
    /// - Parameters:
    ///   - text: entries for tEXt, or iTXt when a text is not Latin-1.
    ///   - xmp: an XMP packet, stored under `XML:com.adobe.xmp`.
    /// - Throws: `CodecError` with code `.encoding` for a picture without pixels or a text that PNG cannot hold.
    public func encode(
        _ image: borrowing PixelBuffer, text: [PNGText] = [], xmp: String? = nil
    ) throws(CodecError) -> [UInt8] {
        guard (1...0x7FFF_FFFF).contains(image.width), (1...0x7FFF_FFFF).contains(image.height) else {
            throw CodecError(.encoding, "PNG cannot hold a picture of \(image.width)x\(image.height) pixels.")
        }
        let texts = try PNGTextBlock(text, xmp: xmp)
        let stored = Self.storedFormat(for: image.format)
        if image.format == stored { return try encode(stored: image, texts: texts) }
        return try encode(stored: image.converted(to: stored), texts: texts)
    }

    /// What a picture of a format is written as.
    static func storedFormat(for format: PixelFormat) -> PixelFormat {
        PixelFormat(
            channels: format.channels, sample: format.sample == .uint8 ? .uint8 : .uint16, transfer: .sRGB,
            alpha: format.channels.hasAlpha ? .straight : .none)
    }

    private func encode(
        stored image: borrowing PixelBuffer, texts: PNGTextBlock
    ) throws(CodecError) -> [UInt8] {
        guard reducesColorType, let reduced = PNGReduction.reduce(image) else {
            return try write(PNGRows(image), texts: texts)
        }
        return try write(PNGRows(reduced.image, palette: reduced.palette), texts: texts)
    }

    private func write(_ rows: borrowing PNGRows, texts: PNGTextBlock) throws(CodecError) -> [UInt8] {
        var failure = png_shim_error()
        var buffer = png_shim_buffer()
        defer { png_shim_buffer_free(&buffer) }
        let status = rows.withDescription(texts: texts) { description in
            png_shim_encode(
                &description, effort, rows.base.assumingMemoryBound(to: UInt8.self), rows.stride, &buffer, &failure)
        }
        guard status == 0, let data = buffer.data else {
            throw CodecError(.encoding, "The PNG cannot be written: \(failure.sentence).")
        }
        return [UInt8](UnsafeBufferPointer(start: data, count: buffer.size))
    }

    private var effort: png_shim_effort {
        switch compression {
        case .fast: png_shim_effort(level: 1, strategy: Z_RLE, filters: Filter.sub)
        case .balanced: png_shim_effort(level: 4, strategy: Z_FILTERED, filters: Filter.all)
        case .small: png_shim_effort(level: 9, strategy: Z_FILTERED, filters: Filter.all)
        }
    }

    /// libpng's filter mask.
    private enum Filter {
        static let sub: Int32 = 0x10
        static let all: Int32 = 0xF8
    }
}
