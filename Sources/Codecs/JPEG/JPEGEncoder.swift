// SPDX-License-Identifier: Apache-2.0
import CTurboJPEG
import ImageCore

/// Writes JPEG files.
public struct JPEGEncoder: Sendable, Hashable {
    /// 1…100; values outside are moved to the nearest end.
    public var quality: Int {
        didSet { quality = min(100, max(1, quality)) }
    }
    /// Whether colour is stored at full resolution (4:4:4); otherwise at half in both directions (4:2:0).
    public var keepsFullColor: Bool
    /// Whether a picture with colour becomes the file that stb's encoder makes of it, byte for byte.
    ///
    /// It rounds once, at the end, and so keeps flat colours nearer to what they were; it takes some three times as long.
    public var matchesSTB = false

    public init(quality: Int = 90, keepsFullColor: Bool = false) {
        (self.quality, self.keepsFullColor) = (min(100, max(1, quality)), keepsFullColor)
    }

    /// Encodes a picture without alpha (flatten first), as baseline JPEG in sRGB.
    ///
    /// - Throws: `CodecError` with code `.encoding` for a picture with alpha, without pixels, or beyond 65500 pixels a
    ///   side.
    public func encode(_ image: borrowing PixelBuffer) throws(CodecError) -> [UInt8] {
        guard !image.format.channels.hasAlpha else {
            throw CodecError(.encoding, "JPEG has no alpha: flatten the picture over a background first.")
        }
        guard (1...65500).contains(image.width), (1...65500).contains(image.height) else {
            throw CodecError(.encoding, "JPEG holds 1 to 65500 pixels a side, not \(image.width)x\(image.height).")
        }
        let isGrey = image.format.channels == .grey
        let stored = PixelFormat(channels: isGrey ? .grey : .rgb, sample: .uint8, transfer: .sRGB, alpha: .none)
        if image.format == stored { return try compress(image, isGrey: isGrey) }
        return try compress(image.converted(to: stored), isGrey: isGrey)
    }

    private func compress(_ image: borrowing PixelBuffer, isGrey: Bool) throws(CodecError) -> [UInt8] {
        if matchesSTB, !isGrey {
            var encoder = FloatJPEG(
                width: image.width, height: image.height, quality: quality, isHalved: !keepsFullColor)
            let pixels = UnsafeRawBufferPointer(start: image.base, count: image.stride * image.height)
            return encoder.encode(pixels, stride: image.stride)
        }
        guard let handle = tjInitCompress() else {
            throw CodecError(.encoding, "There is no memory for a JPEG encoder.")
        }
        defer { tjDestroy(handle) }
        var file: UnsafeMutablePointer<UInt8>?
        defer { tjFree(file) }
        var size: UInt = 0
        let sampling = isGrey ? TJSAMP_GRAY : keepsFullColor ? TJSAMP_444 : TJSAMP_420
        let layout = isGrey ? TJPF_GRAY : TJPF_RGB
        let status = tjCompress2(
            handle, image.base.assumingMemoryBound(to: UInt8.self), Int32(image.width), Int32(image.stride),
            Int32(image.height), Int32(layout.rawValue), &file, &size, Int32(sampling.rawValue), Int32(quality), 0)
        guard status == 0, let file else {
            throw CodecError(.encoding, "The JPEG cannot be written: \(String(cString: tjGetErrorStr2(handle))).")
        }
        return [UInt8](UnsafeBufferPointer(start: file, count: Int(size)))
    }
}
