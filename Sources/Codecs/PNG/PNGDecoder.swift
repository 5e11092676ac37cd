// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CPNGShim
import ImageCore

/// Reads PNG pixels.
///
/// Samples of 1, 2 and 4 bits are widened to 8, 16 bits stay 16, palettes and tRNS become RGB(A). Pixels are taken as
/// sRGB, whatever a profile (iCCP) or gAMA says, with one exception: a gAMA of 1.0 without sRGB or iCCP gives a picture
/// of linear transfer.
enum PNGDecoder {
    static func decode(_ bytes: [UInt8], limits: ImageLimits) throws(CodecError) -> PixelBuffer {
        let header = try checkedHeader(bytes, limits: limits)
        if header.isPlain {
            let image = PixelBuffer(
                unfilledWidth: header.width, height: header.height, format: header.pixelFormat)
            if decodePlain(bytes, into: image) { return image }
        }
        let image = PixelBuffer(width: header.width, height: header.height, format: header.pixelFormat)
        try decodeByLibPNG(bytes, into: image)
        return image
    }

    /// The header of a file whose pixels may be allocated.
    static func checkedHeader(_ bytes: [UInt8], limits: ImageLimits) throws(CodecError) -> PNGHeader {
        let header = try PNGHeader(bytes)
        try limits.check(
            width: header.width, height: header.height, bytesPerPixel: header.pixelFormat.bytesPerPixel)
        try checkPlausible(header, fileBytes: bytes.count)
        return header
    }

    private static func decodeByLibPNG(_ bytes: [UInt8], into image: borrowing PixelBuffer) throws(CodecError) {
        let (width, height, format, stride) = (image.width, image.height, image.format, image.stride)
        let base = image.base.assumingMemoryBound(to: UInt8.self)
        var failure = png_shim_error()
        let status = bytes.withUnsafeBufferPointer { source in
            png_shim_decode(
                source.baseAddress!, source.count, UInt32(width), UInt32(height), Int32(format.channels.rawValue),
                Int32(format.sample.byteCount * 8), base, stride, &failure)
        }
        guard status == 0 else { throw error(failure) }
    }

    /// Decodes 8-bit rows without interlacing, palette or tRNS by libdeflate; false when libpng has to look at the file,
    /// if only to say what is wrong with it.
    private static func decodePlain(_ bytes: [UInt8], into image: borrowing PixelBuffer) -> Bool {
        let (rowBytes, height, stride) = (image.rowByteCount, image.height, image.stride)
        let unfilter = PNGUnfilter(rowBytes: rowBytes, pixelBytes: image.format.bytesPerPixel)
        let target = image.base.assumingMemoryBound(to: UInt8.self)
        return CodecArena.borrow { arena in
            let size = (rowBytes + 1) * height
            let filtered = arena.room(.filtered, size)
            return inflatePlain(bytes, into: filtered, size, arena)
                && unfilter.run(filtered, count: height, into: target, stride: stride, prior: nil)
        }
    }

    /// Unfolds the pixels' stream into filtered rows; false when it is not exactly as long as they are.
    static func inflatePlain(
        _ bytes: [UInt8], into filtered: UnsafeMutablePointer<UInt8>, _ size: Int, _ arena: CodecArena
    ) -> Bool {
        guard let stream = try? imageData(bytes), let inflater = arena.inflater else { return false }
        return stream.withUnsafeBytes {
            libdeflate_zlib_decompress(inflater, $0.baseAddress, $0.count, filtered, size, nil)
        } == LIBDEFLATE_SUCCESS
    }

    /// The zlib stream: a slice of the file when one chunk holds it, else the chunks joined.
    private static func imageData(_ bytes: [UInt8]) throws(CodecError) -> ArraySlice<UInt8> {
        let parts = try imageDataParts(bytes)
        if let only = parts.first, parts.count == 1 { return bytes[only] }
        var joined: [UInt8] = []
        joined.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { joined += bytes[part] }
        return joined[...]
    }

    /// Where the zlib stream lies in the file.
    static func imageDataParts(_ bytes: [UInt8]) throws(CodecError) -> [Range<Int>] {
        var chunks = try PNGChunks(bytes)
        var parts: [Range<Int>] = []
        var hasEnded = false
        while let chunk = try chunks.next() {
            // libpng decides about chunks it has to know and about pixels in two places.
            guard chunk.type == .imageData else {
                if chunk.type.isCritical, chunk.type != .header, chunk.type != .palette {
                    throw CodecError(.corrupt, "The PNG has a critical chunk that is not known.")
                }
                hasEnded = !parts.isEmpty
                continue
            }
            if hasEnded { throw CodecError(.corrupt, "The PNG's pixels are interrupted by other chunks.") }
            parts.append(chunk.data)
        }
        return parts
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
