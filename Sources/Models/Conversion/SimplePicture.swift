// SPDX-License-Identifier: Apache-2.0

/// Reads the uncompressed and run-length kinds of TGA and BMP that old models bring, and makes PNGs of them.
enum SimplePicture {
    /// The same picture as a PNG; `nil` for damaged files and rare kinds.
    static func png(from bytes: [UInt8], name: String) -> [UInt8]? {
        let kind = PictureKind(bytes, name: name)
        return kind == .bmp ? bmp(bytes) : kind == .tga ? tga(bytes) : nil
    }

    /// Little-endian numbers of a file, 0 behind its end.
    private struct Reader {
        let bytes: [UInt8]
        func u8(_ at: Int) -> Int { bytes.indices.contains(at) ? Int(bytes[at]) : 0 }
        func u16(_ at: Int) -> Int { u8(at) | u8(at + 1) << 8 }
        func i32(_ at: Int) -> Int { Int(Int32(truncatingIfNeeded: u16(at) | u16(at + 2) << 16)) }
    }

    private static let largestSide = 16384

    // MARK: BMP

    private static func bmp(_ bytes: [UInt8]) -> [UInt8]? {
        let file = Reader(bytes: bytes)
        let (start, header) = (file.i32(10), file.i32(14))
        let (width, signed, depth) = (file.i32(18), file.i32(22), file.u16(28))
        let height = signed.magnitude
        guard header >= 40, file.i32(30) == 0, (1...largestSide).contains(width), height > 0, height <= largestSide,
            [8, 24, 32].contains(depth), start >= 14 + header
        else { return nil }
        let stride = (width * depth / 8 + 3) / 4 * 4
        guard start <= bytes.count, bytes.count - start >= stride * (Int(height) - 1) + width * depth / 8 else {
            return nil
        }
        var rgba: [UInt8] = []
        rgba.reserveCapacity(4 * width * Int(height))
        for row in 0..<Int(height) {
            let line = start + stride * (signed > 0 ? Int(height) - 1 - row : row)
            for column in 0..<width {
                // Eight bits look a colour up in the palette behind the header; a fourth byte is not alpha here.
                let at = depth == 8 ? 14 + header + 4 * file.u8(line + column) : line + column * depth / 8
                rgba += [UInt8(file.u8(at + 2)), UInt8(file.u8(at + 1)), UInt8(file.u8(at)), 255]
            }
        }
        return RawPNG.encode(width: width, height: Int(height), rgba: rgba)
    }

    // MARK: TGA

    private static func tga(_ bytes: [UInt8]) -> [UInt8]? {
        let file = Reader(bytes: bytes)
        let (kind, width, height, depth) = (file.u8(2), file.u16(12), file.u16(14), file.u8(16))
        let size = depth / 8
        guard [2, 3, 10, 11].contains(kind), file.u8(1) == 0, (1...largestSide).contains(width),
            (1...largestSide).contains(height), kind % 8 == 3 ? size == 1 : size == 3 || size == 4
        else { return nil }
        var place = 18 + file.u8(0)
        let isPacked = kind >= 8
        var texels: [UInt8] = []
        texels.reserveCapacity(4 * width * height)
        while texels.count < 4 * width * height {
            guard place < bytes.count else { return nil }
            let mark = isPacked ? Int(bytes[place]) : 0x7F
            if isPacked { place += 1 }
            let count = isPacked ? (mark & 0x7F) + 1 : width * height
            let isRun = isPacked && mark >= 0x80
            guard bytes.count - place >= (isRun ? 1 : count) * size else { return nil }
            for index in 0..<min(count, width * height - texels.count / 4) {
                texels += texel(bytes, place + (isRun ? 0 : index * size), size)
            }
            place += (isRun ? 1 : count) * size
        }
        let isFromTop = file.u8(17) & 0x20 != 0
        let rgba =
            isFromTop ? texels : (0..<height).reversed().flatMap { texels[4 * width * $0..<4 * width * ($0 + 1)] }
        return RawPNG.encode(width: width, height: height, rgba: rgba)
    }

    private static func texel(_ bytes: [UInt8], _ at: Int, _ size: Int) -> [UInt8] {
        size == 1
            ? [bytes[at], bytes[at], bytes[at], 255]
            : [bytes[at + 2], bytes[at + 1], bytes[at], size == 4 ? bytes[at + 3] : 255]
    }
}
