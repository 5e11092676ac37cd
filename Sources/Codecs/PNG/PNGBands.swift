// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// A PNG handed on in bands of rows, from the top, so that no whole copy of its samples is ever held.
///
/// Files of 8 bits without palette, tRNS and interlacing are unfolded once and unfiltered band by band: what is held
/// is `height` rows of filtered bytes and one band. Above 64 MB of them they are unfolded band by band too, which takes
/// longer. Other files are decoded whole and cut.
package struct PNGBands: ~Copyable {
    /// Filtered bytes that may be held at once: a frame of 5K has less, one of 8K more.
    package static let heldBytes = 64 << 20

    package let width: Int
    package let height: Int
    /// The format of every band.
    package let format: PixelFormat

    private let bytes: [UInt8]
    private let limits: ImageLimits
    /// Filtered rows of a plain file.
    private let filtered: UnsafeMutablePointer<UInt8>?
    /// The filtered rows to come of a large plain file.
    private var stream: PieceInflater?
    /// All pixels of any other.
    private var whole: PixelBuffer?
    private let unfilter: PNGUnfilter
    /// The samples above the next band.
    private var prior: [UInt8] = []
    private var y = 0

    /// Reads the header and, unless the picture is large, unfolds the stream.
    ///
    /// - Parameter heldBytes: how many filtered bytes may be held at once.
    /// - Throws: `CodecError`, as `ImageDecoder.decode` does; nothing is allocated for a picture beyond `limits`.
    package init(
        _ bytes: [UInt8], limits: ImageLimits = .standard, heldBytes: Int = PNGBands.heldBytes
    ) throws(CodecError) {
        let header = try PNGDecoder.checkedHeader(bytes, limits: limits)
        let format = header.pixelFormat
        let rowBytes = header.width * format.bytesPerPixel
        let isLarge = (rowBytes + 1) * header.height > heldBytes
        var stream: PieceInflater?
        if header.isPlain, isLarge, let parts = try? PNGDecoder.imageDataParts(bytes) {
            stream = PieceInflater(bytes, parts: parts)
        }
        let filtered =
            header.isPlain && !isLarge ? Self.plainRows(bytes, rowBytes: rowBytes, height: header.height) : nil
        let isRead = filtered != nil || stream != nil
        let whole: PixelBuffer? = isRead ? nil : try PNGDecoder.decode(bytes, limits: limits)
        (width, height, self.format, self.filtered) = (header.width, header.height, format, filtered)
        (self.bytes, self.limits) = (bytes, limits)
        self.stream = stream
        self.whole = whole
        unfilter = PNGUnfilter(rowBytes: rowBytes, pixelBytes: format.bytesPerPixel)
    }

    deinit { filtered?.deallocate() }

    /// The next rows, at most so many; `nil` after the last.
    ///
    /// - Throws: `CodecError` where the stream of a large picture is found to be broken.
    package mutating func next(_ rows: Int) throws(CodecError) -> PixelBuffer? {
        let count = min(rows, height - y)
        guard count > 0 else { return nil }
        let band = PixelBuffer(width: width, height: count, format: format)
        if whole == nil, !unfilterRows(into: band) {
            // libpng says what is wrong with the file, or reads it all the same.
            whole = try PNGDecoder.decode(bytes, limits: limits)
        }
        if whole != nil {
            for row in 0..<count { band.row(row).copyMemory(from: whole!.row(y + row), byteCount: band.rowByteCount) }
        }
        y += count
        return band
    }

    private mutating func unfilterRows(into band: borrowing PixelBuffer) -> Bool {
        let (rowBytes, count) = (unfilter.rowBytes, band.height)
        let isLast = y + count == height
        guard
            let source = filtered.map({ UnsafePointer($0 + y * (rowBytes + 1)) })
                ?? stream?.next(count * (rowBytes + 1), isLast: isLast)
        else { return false }
        let target = band.base.assumingMemoryBound(to: UInt8.self)
        let isDone = prior.withUnsafeBufferPointer {
            unfilter.run(
                source, count: count, into: target, stride: band.stride, prior: y == 0 ? nil : $0.baseAddress)
        }
        prior = Array(UnsafeBufferPointer(start: target + (count - 1) * band.stride, count: rowBytes))
        return isDone
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
