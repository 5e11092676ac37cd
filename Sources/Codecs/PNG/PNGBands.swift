// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// A PNG handed on in bands of rows, from the top, so that no whole copy of its samples is ever held.
///
/// Files of 8 bits without palette, tRNS and interlacing are unfolded once and unfiltered band by band: what is held
/// is `height` rows of filtered bytes and one band. Others are decoded whole and cut.
package struct PNGBands: ~Copyable {
    package let width: Int
    package let height: Int
    /// The format of every band.
    package let format: PixelFormat

    /// Filtered rows of a plain file.
    private let filtered: UnsafeMutablePointer<UInt8>?
    /// All pixels of any other.
    private let whole: PixelBuffer?
    private let unfilter: PNGUnfilter
    /// The samples above the next band.
    private var prior: [UInt8] = []
    private var y = 0

    /// Reads the header and unfolds the stream.
    ///
    /// - Throws: `CodecError`, as `ImageDecoder.decode` does; nothing is allocated for a picture beyond `limits`.
    package init(_ bytes: [UInt8], limits: ImageLimits = .standard) throws(CodecError) {
        let header = try PNGDecoder.checkedHeader(bytes, limits: limits)
        let format = header.pixelFormat
        let rowBytes = header.width * format.bytesPerPixel
        let filtered = header.isPlain ? Self.plainRows(bytes, rowBytes: rowBytes, height: header.height) : nil
        let whole: PixelBuffer? = filtered == nil ? try PNGDecoder.decode(bytes, limits: limits) : nil
        (width, height, self.format, self.filtered) = (header.width, header.height, format, filtered)
        self.whole = whole
        unfilter = PNGUnfilter(rowBytes: rowBytes, pixelBytes: format.bytesPerPixel)
    }

    deinit { filtered?.deallocate() }

    /// The next rows, at most so many; `nil` after the last.
    package mutating func next(_ rows: Int) -> PixelBuffer? {
        let count = min(rows, height - y)
        guard count > 0 else { return nil }
        let band = PixelBuffer(width: width, height: count, format: format)
        let target = band.base.assumingMemoryBound(to: UInt8.self)
        if let filtered {
            // The rows' filters were checked when the file was opened.
            _ = prior.withUnsafeBufferPointer {
                unfilter.run(
                    filtered + y * (unfilter.rowBytes + 1), count: count, into: target, stride: band.stride,
                    prior: y == 0 ? nil : $0.baseAddress)
            }
            prior = Array(UnsafeBufferPointer(start: target + (count - 1) * band.stride, count: unfilter.rowBytes))
        } else if whole != nil {
            for row in 0..<count { band.row(row).copyMemory(from: whole!.row(y + row), byteCount: band.rowByteCount) }
        }
        y += count
        return band
    }

    /// `nil` when libpng has to look at the file.
    private static func plainRows(_ bytes: [UInt8], rowBytes: Int, height: Int) -> UnsafeMutablePointer<UInt8>? {
        let size = (rowBytes + 1) * height
        let filtered = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        let isWhole = CodecArena.borrow { PNGDecoder.inflatePlain(bytes, into: filtered, size, $0) }
        if isWhole, (0..<height).allSatisfy({ filtered[$0 * (rowBytes + 1)] <= 4 }) { return filtered }
        filtered.deallocate()
        return nil
    }
}
