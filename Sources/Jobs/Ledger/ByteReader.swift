// SPDX-License-Identifier: Apache-2.0

/// Reads numbers and texts off bytes from outside; `nil` where they end too early.
struct ByteReader {
    let bytes: [UInt8]
    var offset = 0
    /// Where reading has to stop.
    var end: Int

    init(_ bytes: [UInt8], from offset: Int = 0, to end: Int? = nil) {
        (self.bytes, self.offset, self.end) = (bytes, offset, end ?? bytes.count)
    }

    /// A little-endian number of 8 bytes.
    mutating func word() -> UInt64? {
        guard end - offset >= 8 else { return nil }
        let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        offset += 8
        return UInt64(littleEndian: value)
    }

    /// A number in groups of seven bits, lowest first.
    mutating func number() -> Int? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            guard offset < end else { return nil }
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return Int(exactly: value) }
        }
        return nil
    }

    /// A text after its length.
    mutating func text() -> String? {
        guard let count = number(), count <= end - offset else { return nil }
        defer { offset += count }
        return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }
}

/// Writes what `ByteReader` reads.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func word(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func number(_ value: Int) {
        var rest = UInt64(max(0, value))
        while rest >= 128 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func text(_ text: String) {
        let utf8 = Array(text.utf8)
        number(utf8.count)
        bytes.append(contentsOf: utf8)
    }
}
