// SPDX-License-Identifier: Apache-2.0
import CTurboJPEG
import ImageCore

/// Reads JPEG pixels through libjpeg-turbo: grey as grey, everything else as 8-bit RGB.
///
/// CMYK and YCCK files are taken as Adobe writes them (inverted) and turned into RGB without a profile.
enum JPEGDecoder {
    static func decode(
        _ bytes: [UInt8], limits: ImageLimits, atLeast wanted: (width: Int, height: Int)? = nil
    ) throws(CodecError) -> PixelBuffer {
        let handle = try Handle()
        let header = try handle.readHeader(bytes)
        try limits.check(width: header.width, height: header.height, bytesPerPixel: header.bytesPerPixel)
        let orientation = JPEGOrientation(jpeg: bytes)
        let size = scaledSize(of: header, orientation: orientation, atLeast: wanted)
        let format = header.isGrey ? grey8 : PixelFormat.rgb8
        if header.isCMYK {
            let inks = PixelBuffer(width: size.width, height: size.height, format: .rgba8)
            try handle.decompress(bytes, into: inks, pixelFormat: Int32(TJPF_CMYK.rawValue))
            return orientation.applied(to: colour(fromInks: inks))
        }
        let image = PixelBuffer(width: size.width, height: size.height, format: format)
        let layout = header.isGrey ? TJPF_GRAY : TJPF_RGB
        try handle.decompress(bytes, into: image, pixelFormat: Int32(layout.rawValue))
        return orientation.applied(to: image)
    }

    static func header(of bytes: [UInt8]) throws(CodecError) -> ImageHeader {
        let header = try Handle().readHeader(bytes)
        let swaps = JPEGOrientation(jpeg: bytes).swapsAxes
        return ImageHeader(
            format: .jpeg, width: swaps ? header.height : header.width, height: swaps ? header.width : header.height,
            channels: header.isGrey ? 1 : 3, bitDepth: 8)
    }

    private static let grey8 = PixelFormat(channels: .grey, sample: .uint8, transfer: .sRGB, alpha: .none)

    /// The smallest of 1/8, 1/4, 1/2 and whole size that still holds what is wanted.
    private static func scaledSize(
        of header: Header, orientation: JPEGOrientation, atLeast wanted: (width: Int, height: Int)?
    ) -> (width: Int, height: Int) {
        guard let wanted else { return (header.width, header.height) }
        let (width, height) = orientation.swapsAxes ? (wanted.height, wanted.width) : wanted
        for divisor in [8, 4, 2] {
            let scaled = ((header.width + divisor - 1) / divisor, (header.height + divisor - 1) / divisor)
            if scaled.0 >= width, scaled.1 >= height { return scaled }
        }
        return (header.width, header.height)
    }

    private static func colour(fromInks inks: borrowing PixelBuffer) -> PixelBuffer {
        let image = PixelBuffer(width: inks.width, height: inks.height, format: .rgb8)
        for y in 0..<inks.height {
            let source = inks.row(y).assumingMemoryBound(to: UInt8.self)
            let target = image.row(y).assumingMemoryBound(to: UInt8.self)
            for x in 0..<inks.width {
                let black = UInt32(source[4 * x + 3])
                for channel in 0..<3 {
                    target[3 * x + channel] = UInt8((UInt32(source[4 * x + channel]) * black + 127) / 255)
                }
            }
        }
        return image
    }
}

extension JPEGDecoder {
    struct Header {
        var width: Int
        var height: Int
        var colorspace: Int32

        var isGrey: Bool { colorspace == Int32(TJCS_GRAY.rawValue) }
        var isCMYK: Bool { colorspace == Int32(TJCS_CMYK.rawValue) || colorspace == Int32(TJCS_YCCK.rawValue) }
        var bytesPerPixel: Int { isGrey ? 1 : isCMYK ? 4 : 3 }
    }

    /// The owner of a TurboJPEG decompressor.
    struct Handle: ~Copyable {
        private let raw: tjhandle

        init() throws(CodecError) {
            guard let raw = tjInitDecompress() else {
                throw CodecError(.limits, "There is no memory for a JPEG decoder.")
            }
            self.raw = raw
        }

        deinit { tjDestroy(raw) }

        func readHeader(_ bytes: [UInt8]) throws(CodecError) -> Header {
            var (width, height, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
            let status = bytes.withUnsafeBufferPointer {
                tjDecompressHeader3(raw, $0.baseAddress, UInt($0.count), &width, &height, &sampling, &space)
            }
            guard status == 0, width > 0, height > 0 else { throw failure() }
            return Header(width: Int(width), height: Int(height), colorspace: space)
        }

        func decompress(
            _ bytes: [UInt8], into image: borrowing PixelBuffer, pixelFormat: Int32
        ) throws(CodecError) {
            guard let pitch = Int32(exactly: image.stride) else {
                throw CodecError(.limits, "The JPEG's rows are longer than can be decoded.")
            }
            let (width, height, base) = (Int32(image.width), Int32(image.height), image.base)
            let status = bytes.withUnsafeBufferPointer {
                tjDecompress2(
                    raw, $0.baseAddress, UInt($0.count), base.assumingMemoryBound(to: UInt8.self), width, pitch,
                    height, pixelFormat, TJFLAG_LIMITSCANS)
            }
            if status != 0, !isHarmless { throw failure() }
        }

        private var message: String { String(cString: tjGetErrorStr2(raw)) }

        /// Bytes between segments do not touch the picture.
        private var isHarmless: Bool {
            tjGetErrorCode(raw) == Int32(TJERR_WARNING.rawValue) && message.contains("extraneous bytes")
        }

        private func failure() -> CodecError {
            let text = message
            if text.contains("Premature end") || text.contains("premature end") || text.contains("Could not determine")
            {
                return CodecError(.truncated, "The JPEG ends before its last row: the file was cut off.")
            }
            if text.contains("Unsupported") || text.contains("not supported") {
                return CodecError(.unsupported, "The JPEG is of a kind that is not read here: \(text).")
            }
            return CodecError(.corrupt, "The JPEG cannot be decoded: \(text).")
        }
    }
}
