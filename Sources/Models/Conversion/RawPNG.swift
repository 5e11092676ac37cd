// SPDX-License-Identifier: Apache-2.0

/// Wraps texels into a PNG file without compressing them, so that every picture of a model travels in one form.
enum RawPNG {
    /// - Parameter rgba: four bytes a texel, rows from the top.
    static func encode(width: Int, height: Int, rgba: [UInt8]) -> [UInt8]? {
        guard width > 0, height > 0, width < 1 << 16, height < 1 << 16, rgba.count == 4 * width * height else {
            return nil
        }
        var raw: [UInt8] = []
        raw.reserveCapacity(rgba.count + height)
        for row in 0..<height {
            raw.append(0)
            raw += rgba[4 * width * row..<4 * width * (row + 1)]
        }
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        append("IHDR", bigEndian(width) + bigEndian(height) + [8, 6, 0, 0, 0], to: &file)
        append("IDAT", stored(raw), to: &file)
        append("IEND", [], to: &file)
        return file
    }

    /// A zlib stream of blocks that are stored as they are.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        stream.reserveCapacity(bytes.count + bytes.count / 65535 * 5 + 16)
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        for start in stride(from: 0, to: bytes.count, by: 65535) {
            let end = min(start + 65535, bytes.count)
            let size = UInt16(end - start)
            stream.append(end == bytes.count ? 1 : 0)
            for part in [size, ~size] { stream += [UInt8(part & 255), UInt8(part >> 8)] }
            stream += bytes[start..<end]
        }
        return stream + bigEndian(Int(b << 16 | a))
    }

    private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
        let body = Array(type.utf8) + data
        file += bigEndian(data.count) + body + bigEndian(Int(checksum(body)))
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = .max
        for byte in bytes {
            value = table[Int((value ^ UInt32(byte)) & 255)] ^ (value >> 8)
        }
        return ~value
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
}
