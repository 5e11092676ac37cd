// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CPNGShim
import CVector
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
        if header.isPlain, decodePlain(bytes, into: image) { return image }
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

    /// Decodes 8-bit rows without interlacing, palette or tRNS by libdeflate; false when libpng has to look at the file,
    /// if only to say what is wrong with it.
    private static func decodePlain(
        _ bytes: [UInt8], into image: borrowing PixelBuffer
    ) -> Bool {
        guard let stream = try? imageData(bytes), let inflater = libdeflate_alloc_decompressor() else { return false }
        defer { libdeflate_free_decompressor(inflater) }
        let rowBytes = image.rowByteCount
        let size = (rowBytes + 1) * image.height
        let filtered = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        defer { filtered.deallocate() }
        let status = stream.withUnsafeBytes {
            libdeflate_zlib_decompress(inflater, $0.baseAddress, $0.count, filtered, size, nil)
        }
        guard status == LIBDEFLATE_SUCCESS else { return false }
        return unfilter(filtered, into: image)
    }

    private static func unfilter(_ filtered: UnsafePointer<UInt8>, into image: borrowing PixelBuffer) -> Bool {
        let rowBytes = image.rowByteCount
        let kernels = KernelSet.current.table
        let zeros = [UInt8](repeating: 0, count: rowBytes)
        return zeros.withUnsafeBufferPointer { zeros in
            var prior = zeros.baseAddress
            for y in 0..<image.height {
                let source = filtered + y * (rowBytes + 1)
                guard source[0] <= 4 else { return false }
                let row = image.row(y).assumingMemoryBound(to: UInt8.self)
                row.update(from: source + 1, count: rowBytes)
                kernels.unfilter_row(
                    Int32(source[0]), row, prior, Int64(rowBytes), Int32(image.format.bytesPerPixel))
                prior = UnsafePointer(row)
            }
            return true
        }
    }

    /// The zlib stream: a slice of the file when one chunk holds it, else the chunks joined.
    private static func imageData(_ bytes: [UInt8]) throws(CodecError) -> ArraySlice<UInt8> {
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
        if let only = parts.first, parts.count == 1 { return bytes[only] }
        var joined: [UInt8] = []
        joined.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { joined += bytes[part] }
        return joined[...]
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
