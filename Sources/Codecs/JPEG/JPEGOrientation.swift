// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// How a JPEG has to be turned to stand upright: the values of EXIF's tag 0x0112.
enum JPEGOrientation: Int, CaseIterable {
    case upright = 1
    case mirrored = 2
    case halfTurn = 3
    case flipped = 4
    case transposed = 5
    case quarterTurnRight = 6
    case transversed = 7
    case quarterTurnLeft = 8

    /// Whether width and height change places.
    var swapsAxes: Bool { rawValue >= 5 }

    /// The orientation that the file's EXIF block names; upright when there is none or it is broken.
    init(jpeg bytes: [UInt8]) {
        self = .upright
        var position = 2
        while position + 4 <= bytes.count, bytes[position] == 0xFF {
            let marker = bytes[position + 1]
            if marker == 0xFF {
                position += 1
                continue
            }
            // Start of scan, end of image: no more headers.
            if marker == 0xDA || marker == 0xD9 { return }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            guard length >= 2, position + 2 + length <= bytes.count else { return }
            let segment = bytes[(position + 4)..<(position + 2 + length)]
            if marker == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) {
                let value = Self.orientation(inTIFF: [UInt8](segment.dropFirst(6)))
                self = value.flatMap(JPEGOrientation.init(rawValue:)) ?? .upright
                return
            }
            position += 2 + length
        }
    }

    /// The orientation entry of a TIFF block's first directory.
    private static func orientation(inTIFF tiff: [UInt8]) -> Int? {
        guard tiff.count >= 8 else { return nil }
        let isLittle = tiff[0] == 0x49
        func number(_ offset: Int, _ count: Int) -> Int? {
            guard offset >= 0, offset <= tiff.count - count else { return nil }
            let part = tiff[offset..<(offset + count)]
            return isLittle ? part.reversed().reduce(0) { $0 << 8 | Int($1) } : part.reduce(0) { $0 << 8 | Int($1) }
        }
        guard number(2, 2) == 42, let directory = number(4, 4), let entries = number(directory, 2) else { return nil }
        for entry in 0..<entries {
            let offset = directory + 2 + entry * 12
            guard let tag = number(offset, 2) else { return nil }
            if tag == 0x0112 { return number(offset + 8, 2) }
        }
        return nil
    }

    /// The picture, turned upright.
    func applied(to image: consuming PixelBuffer) -> PixelBuffer {
        if self == .upright { return image }
        let (width, height) = swapsAxes ? (image.height, image.width) : (image.width, image.height)
        let result = PixelBuffer(width: width, height: height, format: image.format)
        let pixel = image.format.bytesPerPixel
        for y in 0..<height {
            let target = result.row(y)
            for x in 0..<width {
                let (column, line) = source(x, y, image.width, image.height)
                (target + x * pixel).copyMemory(from: image.row(line) + column * pixel, byteCount: pixel)
            }
        }
        return result
    }

    /// Where the upright picture's pixel lies in the stored one.
    private func source(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> (x: Int, y: Int) {
        let (right, bottom) = (width - 1, height - 1)
        return switch self {
        case .upright: (x, y)
        case .mirrored: (right - x, y)
        case .halfTurn: (right - x, bottom - y)
        case .flipped: (x, bottom - y)
        case .transposed: (y, x)
        case .quarterTurnRight: (y, bottom - x)
        case .transversed: (right - y, bottom - x)
        case .quarterTurnLeft: (right - y, x)
        }
    }
}
