// SPDX-License-Identifier: Apache-2.0
import CPNGShim
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
    /// Pixels an inch on paper, for pHYs; a file does not say when left out.
    public var pixelsPerInch: Double?
    /// Whether the pixels' stream is that of stb_image_write, byte for byte, whatever `compression` says: files that
    /// Brayns wrote are compared with ours by their length.
    package var matchesSTB = false

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
            return try write(image, palette: [], texts: texts)
        }
        return try write(reduced.image, palette: reduced.palette, texts: texts)
    }

    private var pixelsPerMetre: UInt32 {
        guard let pixelsPerInch, pixelsPerInch > 0 else { return 0 }
        return UInt32(min(0x7FFF_FFFF, (pixelsPerInch / 0.0254).rounded()))
    }

    /// libpng writes the container's head; the pixels' stream is made here, for speed.
    private func write(
        _ image: borrowing PixelBuffer, palette: [UInt8], texts: PNGTextBlock
    ) throws(CodecError) -> [UInt8] {
        let rows = PNGRows(image, palette: palette)
        var failure = png_shim_error()
        var head = png_shim_buffer()
        defer { png_shim_buffer_free(&head) }
        let status = rows.withDescription(texts: texts, pixelsPerMetre: pixelsPerMetre) {
            png_shim_write_head(&$0, &head, &failure)
        }
        guard status == 0, let start = head.data else {
            throw CodecError(.encoding, "The PNG cannot be written: \(failure.sentence).")
        }
        let data = PNGImageData(rows, compression)
        let headBytes = UnsafeBufferPointer(start: start, count: head.size)
        if matchesSTB {
            var writer = ImageDataWriter(head: headBytes, parts: [])
            writer.append(try data.chained())
            return writer.finished()
        }
        let parts = try data.parts()
        var writer = ImageDataWriter(head: headBytes, parts: parts)
        writer.append(data.streamHeader)
        for part in parts { writer.append(part.bytes, crc: part.crc) }
        var checksum: [UInt8] = []
        checksum.appendBigEndian32(StreamPart.adler(parts))
        writer.append(checksum)
        return writer.finished()
    }
}
