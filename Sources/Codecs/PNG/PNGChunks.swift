// SPDX-License-Identifier: Apache-2.0
import CDeflate

/// A walk over the chunks of a PNG in memory.
struct PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// One chunk: its type and where its data lie.
    struct Chunk {
        var type: PNGChunkType
        var data: Range<Int>
    }

    private let bytes: [UInt8]
    private var position = PNGChunks.signature.count

    /// - Throws: `CodecError` with code `.notAnImage` or `.truncated` when the bytes do not begin as a PNG does.
    init(_ bytes: [UInt8]) throws(CodecError) {
        guard bytes.starts(with: Self.signature) else {
            if !bytes.isEmpty, Self.signature.starts(with: bytes) {
                throw CodecError(.truncated, "The PNG ends within its signature.")
            }
            throw CodecError(.notAnImage, "The bytes are not a PNG: the signature is missing.")
        }
        self.bytes = bytes
    }

    /// The next chunk, or `nil` after IEND.
    ///
    /// - Parameter verifiesChecksum: whether the chunk's CRC is computed; a wrong one throws.
    mutating func next(verifiesChecksum: Bool = true) throws(CodecError) -> Chunk? {
        guard bytes.count - position >= 12 else {
            throw CodecError(.truncated, "The PNG ends before its last chunk: the file was cut off.")
        }
        let length = Int(bytes.bigEndian32(at: position))
        let type = PNGChunkType(rawValue: bytes.bigEndian32(at: position + 4))
        guard length <= 0x7FFF_FFFF, type.isWellFormed else {
            throw CodecError(.corrupt, "The PNG has a chunk with an impossible length or type.")
        }
        guard length <= bytes.count - position - 12 else {
            throw CodecError(.truncated, "The PNG ends within its \(type) chunk: the file was cut off.")
        }
        let data = (position + 8)..<(position + 8 + length)
        if verifiesChecksum {
            let computed = bytes.withUnsafeBytes { raw in
                libdeflate_crc32(0, raw.baseAddress! + position + 4, length + 4)
            }
            guard computed == bytes.bigEndian32(at: data.upperBound) else {
                throw CodecError(.corrupt, "The PNG's \(type) chunk has a wrong checksum.")
            }
        }
        position = data.upperBound + 4
        return type == .imageEnd ? nil : Chunk(type: type, data: data)
    }
}

/// The four letters of a chunk.
struct PNGChunkType: RawRepresentable, Hashable, CustomStringConvertible {
    var rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ letters: StaticString) {
        precondition(letters.utf8CodeUnitCount == 4, "a chunk type has four letters")
        rawValue = (0..<4).reduce(0) { $0 << 8 | UInt32(letters.utf8Start[$1]) }
    }

    static let header = PNGChunkType("IHDR")
    static let palette = PNGChunkType("PLTE")
    static let transparency = PNGChunkType("tRNS")
    static let gamma = PNGChunkType("gAMA")
    static let sRGB = PNGChunkType("sRGB")
    static let profile = PNGChunkType("iCCP")
    static let imageData = PNGChunkType("IDAT")
    static let imageEnd = PNGChunkType("IEND")
    static let latinText = PNGChunkType("tEXt")
    static let compressedText = PNGChunkType("zTXt")
    static let internationalText = PNGChunkType("iTXt")

    private var letters: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> (24 - 8 * $0)) } }

    var isWellFormed: Bool {
        letters.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    }

    /// Whether a reader that does not know the chunk has to give up.
    var isCritical: Bool { rawValue & 0x2000_0000 == 0 }

    var description: String { String(decoding: letters, as: UTF8.self) }
}

extension [UInt8] {
    /// Four bytes, most significant first; the caller has checked that they are there.
    func bigEndian32(at offset: Int) -> UInt32 {
        UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16 | UInt32(self[offset + 2]) << 8
            | UInt32(self[offset + 3])
    }

    mutating func appendBigEndian32(_ value: UInt32) {
        append(UInt8(truncatingIfNeeded: value >> 24))
        append(UInt8(truncatingIfNeeded: value >> 16))
        append(UInt8(truncatingIfNeeded: value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }
}
