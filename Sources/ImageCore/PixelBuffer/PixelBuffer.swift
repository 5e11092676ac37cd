// SPDX-License-Identifier: Apache-2.0

/// A picture in memory: the one owner of its bytes.
///
/// Rows run from the top; row `y` begins `y * stride` bytes after the base, which is aligned to 64 bytes.
/// Lends its memory as spans (`PixelBuffer+Span.swift`); kernels and codecs of this package take the raw
/// pointer. An extent of zero is allowed and owns no pixels.
public struct PixelBuffer: ~Copyable, @unchecked Sendable {
    // Sendable: the buffer is the single owner, and mutation needs exclusive access to the owner.

    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Bytes from one row to the next; at least `width * format.bytesPerPixel`.
    public let stride: Int
    /// What the samples mean. A kernel that changes the meaning in place sets this too.
    public package(set) var format: PixelFormat

    private let memory: PixelMemory
    package var base: UnsafeMutableRawPointer { memory.base }

    /// Makes a picture whose every byte is zero.
    ///
    /// - Parameter stride: bytes from row to row; the tightest when left out.
    public init(width: Int, height: Int, format: PixelFormat, stride: Int? = nil) {
        self.init(width: width, height: height, format: format, stride: stride, isZeroed: true)
    }

    /// Makes a picture whose bytes are anything, for callers that write every pixel.
    package init(unfilledWidth width: Int, height: Int, format: PixelFormat) {
        self.init(width: width, height: height, format: format, stride: nil, isZeroed: false)
    }

    private init(width: Int, height: Int, format: PixelFormat, stride: Int?, isZeroed: Bool) {
        precondition(width >= 0 && height >= 0, "negative extent")
        let tight = width * format.bytesPerPixel
        let stride = stride ?? tight
        precondition(stride >= tight, "stride below the row's bytes")
        self.width = width
        self.height = height
        self.stride = stride
        self.format = format
        memory = PixelMemory(byteCount: stride * height, isZeroed: isZeroed)
    }

    /// Bytes of pixels in a row, without the padding at its end.
    public var rowByteCount: Int { width * format.bytesPerPixel }

    /// Bytes the picture owns, padding included.
    public var byteCount: Int { stride * height }

    /// The first byte of a row.
    package func row(_ y: Int) -> UnsafeMutableRawPointer { base + y * stride }

    /// A second picture with the same pixels.
    public func copy() -> PixelBuffer {
        let twin = PixelBuffer(width: width, height: height, format: format, stride: stride, isZeroed: false)
        twin.base.copyMemory(from: base, byteCount: byteCount)
        return twin
    }
}
