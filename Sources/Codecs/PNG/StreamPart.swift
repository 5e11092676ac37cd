// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CZlib

/// A stretch of a PNG's zlib stream: deflate blocks that end at a byte and know nothing of their neighbours.
struct StreamPart: Sendable {
    let bytes: [UInt8]
    /// CRC-32 of `bytes`.
    let crc: UInt32
    /// Adler-32 of what they unfold to.
    let adler: UInt32
    /// How many bytes that is.
    let unfoldedCount: Int

    init(_ bytes: [UInt8], of source: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        crc = libdeflate_crc32(0, bytes, bytes.count)
        adler = libdeflate_adler32(1, source.baseAddress, source.count)
        unfoldedCount = source.count
    }

    /// Adler-32 of what all parts unfold to.
    static func adler(_ parts: [StreamPart]) -> UInt32 {
        parts.reduce(1) { UInt32(truncatingIfNeeded: adler32_combine(UInt($0), UInt($1.adler), $1.unfoldedCount)) }
    }
}

/// Appends IDAT chunks to a file, from parts whose checksums are known.
struct ImageDataWriter {
    /// A chunk's length has 31 bits; between chunks the stream may break anywhere.
    private static let longestChunk = 1 << 30

    private(set) var file: [UInt8]
    private var start = 0
    private var crc: UInt32 = 0

    init(head: UnsafeBufferPointer<UInt8>, parts: [StreamPart]) {
        file = []
        file.reserveCapacity(head.count + parts.reduce(256) { $0 + $1.bytes.count + 12 })
        file += head
        open()
    }

    mutating func append(_ bytes: [UInt8]) {
        append(bytes, crc: libdeflate_crc32(0, bytes, bytes.count))
    }

    mutating func append(_ bytes: [UInt8], crc: UInt32) {
        if file.count - start - 8 + bytes.count > Self.longestChunk {
            close()
            open()
        }
        file += bytes
        self.crc = UInt32(truncatingIfNeeded: crc32_combine(UInt(self.crc), UInt(crc), bytes.count))
    }

    private mutating func open() {
        start = file.count
        file.appendBigEndian32(0)
        file.appendBigEndian32(PNGChunkType.imageData.rawValue)
        crc = file.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress! + start + 4, 4) }
    }

    private mutating func close() {
        let count = UInt32(file.count - start - 8)
        for byte in 0..<4 { file[start + byte] = UInt8(truncatingIfNeeded: count >> (24 - 8 * UInt32(byte))) }
        file.appendBigEndian32(crc)
    }

    /// Ends the chunk and the file.
    consuming func finished() -> [UInt8] {
        close()
        file.appendBigEndian32(0)
        file.appendBigEndian32(PNGChunkType.imageEnd.rawValue)
        file.appendBigEndian32(0xAE42_6082)
        return file
    }
}
