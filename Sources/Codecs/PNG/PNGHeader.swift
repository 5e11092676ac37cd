// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// What stands in a PNG ahead of its pixels, checked before anything is allocated.
struct PNGHeader: Hashable {
    /// IHDR's colour types.
    enum ColorType: UInt8 {
        case grey = 0
        case rgb = 2
        case palette = 3
        case greyAlpha = 4
        case rgba = 6

        /// The bit depths that the specification allows.
        var bitDepths: [Int] {
            switch self {
            case .grey: [1, 2, 4, 8, 16]
            case .palette: [1, 2, 4, 8]
            case .rgb, .greyAlpha, .rgba: [8, 16]
            }
        }

        /// Samples a pixel takes in the file.
        var samples: Int {
            switch self {
            case .grey, .palette: 1
            case .greyAlpha: 2
            case .rgb: 3
            case .rgba: 4
            }
        }
    }

    var width: Int
    var height: Int
    var bitDepth: Int
    var colorType: ColorType
    var isInterlaced: Bool
    var hasTransparency = false
    /// gAMA says that samples are proportional to light, and no sRGB or iCCP chunk overrules it.
    var isLinear = false

    /// Reads IHDR and the chunks up to the first IDAT.
    init(_ bytes: [UInt8]) throws(CodecError) {
        var chunks = try PNGChunks(bytes)
        guard let first = try chunks.next(), first.type == .header else {
            throw CodecError(.corrupt, "The PNG does not begin with an IHDR chunk.")
        }
        try self.init(imageHeader: bytes[first.data])
        var gamma: UInt32?
        var namesColor = false
        while let chunk = try chunks.next(verifiesChecksum: false) {
            switch chunk.type {
            case .imageData:
                isLinear = gamma == 100_000 && !namesColor
                return
            case .transparency: hasTransparency = true
            case .gamma where chunk.data.count == 4: gamma = bytes.bigEndian32(at: chunk.data.lowerBound)
            case .sRGB, .profile: namesColor = true
            default: break
            }
        }
        throw CodecError(.corrupt, "The PNG holds no pixels: it has no IDAT chunk.")
    }

    private init(imageHeader: ArraySlice<UInt8>) throws(CodecError) {
        let data = [UInt8](imageHeader)
        guard data.count == 13 else { throw CodecError(.corrupt, "The PNG's IHDR chunk has a wrong length.") }
        guard let colorType = ColorType(rawValue: data[9]), colorType.bitDepths.contains(Int(data[8])) else {
            throw CodecError(.corrupt, "The PNG's IHDR names colour type \(data[9]) with \(data[8]) bits.")
        }
        guard data[10] == 0, data[11] == 0, data[12] <= 1 else {
            throw CodecError(.unsupported, "The PNG uses a compression, filter or interlace method that is not PNG's.")
        }
        (width, height) = (Int(data.bigEndian32(at: 0)), Int(data.bigEndian32(at: 4)))
        guard (1...0x7FFF_FFFF).contains(width), (1...0x7FFF_FFFF).contains(height) else {
            throw CodecError(.corrupt, "The PNG's IHDR names \(width)x\(height) pixels.")
        }
        (bitDepth, self.colorType, isInterlaced) = (Int(data[8]), colorType, data[12] == 1)
    }

    /// The format that pixels are decoded to: 8 bits for files of up to 8, else 16; a palette becomes colour.
    var pixelFormat: PixelFormat {
        let channels: PixelFormat.Channels =
            switch colorType {
            case .grey: hasTransparency ? .greyAlpha : .grey
            case .rgb, .palette: hasTransparency ? .rgba : .rgb
            case .greyAlpha: .greyAlpha
            case .rgba: .rgba
            }
        return PixelFormat(
            channels: channels, sample: bitDepth == 16 ? .uint16 : .uint8, transfer: isLinear ? .linear : .sRGB,
            alpha: channels.hasAlpha ? .straight : .none)
    }

    /// Whether samples are stored as they are decoded, row by row.
    var isPlain: Bool { bitDepth == 8 && !isInterlaced && colorType != .palette && !hasTransparency }

    var summary: ImageHeader {
        ImageHeader(
            format: .png, width: width, height: height, channels: pixelFormat.channels.rawValue, bitDepth: bitDepth)
    }
}

extension ImageLimits {
    /// Refuses an extent beyond the limits; no product can overflow, since extents stay below 2^31.
    func check(width: Int, height: Int, bytesPerPixel: Int) throws(CodecError) {
        guard width <= extent, height <= extent, width * height <= pixels,
            width * height <= bytes / bytesPerPixel
        else {
            throw CodecError(
                .limits, "The picture has \(width)x\(height) pixels, more than the limits allow; raise them to read it."
            )
        }
    }
}
