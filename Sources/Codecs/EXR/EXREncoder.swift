// SPDX-License-Identifier: Apache-2.0
import CDeflate

/// Writes OpenEXR files of float channels, scan line by scan line, after the OpenEXR file layout description.
public enum EXREncoder {
    /// How scan lines are stored.
    public enum Compression: Int, Sendable, Hashable, CaseIterable {
        case none = 0
        /// Deflate over blocks of 16 lines.
        case zip = 3

        fileprivate var linesPerBlock: Int { self == .zip ? 16 : 1 }
    }

    /// Encodes planes of 32-bit floats.
    ///
    /// - Parameter channels: name and `width * height` samples each, rows from the top; "R", "G", "B", "A", "Z" have
    ///   the usual meaning, colour is linear and premultiplied. Names are distinct and of 1 to 31 bytes.
    /// - Parameter text: attributes of the file, each with a name of its own.
    /// - Throws: `CodecError` with code `.encoding` when channels do not fill the picture.
    public static func encode(
        width: Int, height: Int, channels: [(name: String, samples: [Float])], compression: Compression = .zip,
        text: [PNGText] = []
    ) throws(CodecError) -> [UInt8] {
        try encode(width: width, height: height, parts: [(nil, channels)], compression: compression, text: text)
    }

    /// Encodes several pictures of one size, each under a name of its own, as the parts of one file.
    ///
    /// - Parameter parts: name and channels each, as for one picture; names are distinct and not empty.
    /// - Throws: `CodecError` with code `.encoding` when channels do not fill the picture or names clash.
    public static func encode(
        width: Int, height: Int, parts: [(name: String, channels: [(name: String, samples: [Float])])],
        compression: Compression = .zip
    ) throws(CodecError) -> [UInt8] {
        guard !parts.isEmpty, Set(parts.map(\.name)).count == parts.count,
            parts.allSatisfy({ (1...255).contains($0.name.utf8.count) && !$0.name.utf8.contains(0) })
        else { throw CodecError(.encoding, "OpenEXR parts need distinct names of 1 to 255 bytes.") }
        return try encode(
            width: width, height: height, parts: parts.map { (Optional($0.name), $0.channels) },
            compression: compression, text: [])
    }

    /// One part without a name makes a plain file, parts with names make one of several.
    private static func encode(
        width: Int, height: Int, parts: [(name: String?, channels: [(name: String, samples: [Float])])],
        compression: Compression, text: [PNGText]
    ) throws(CodecError) -> [UInt8] {
        let isMultiple = parts.first?.name != nil
        let lines = compression.linesPerBlock
        let blocks = (height + lines - 1) / lines
        var file: [UInt8] = [0x76, 0x2F, 0x31, 0x01, 2, isMultiple ? 0x10 : 0, 0, 0]
        let parts = parts.map { ($0.name, $0.channels.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) }
        for (name, channels) in parts {
            try check(width: width, height: height, channels: channels)
            file += header(
                width: width, height: height, names: channels.map(\.name), compression: compression,
                text: text, part: name.map { ($0, blocks) })
        }
        if isMultiple { file.append(0) }
        var entry = file.count
        file.append(contentsOf: [UInt8](repeating: 0, count: 8 * blocks * parts.count))
        var packer = try BlockPacker(compression)
        for (number, (_, channels)) in parts.enumerated() {
            for block in 0..<blocks {
                file.replaceLittleEndian64(at: entry, with: UInt64(file.count))
                entry += 8
                let rows = (block * lines)..<min(height, (block + 1) * lines)
                let data = packer.pack(interleave(channels, width: width, rows: rows))
                if isMultiple { file.appendLittleEndian32(UInt32(number)) }
                file.appendLittleEndian32(UInt32(rows.lowerBound))
                file.appendLittleEndian32(UInt32(data.count))
                file.append(contentsOf: data)
            }
        }
        return file
    }

    private static func check(
        width: Int, height: Int, channels: [(name: String, samples: [Float])]
    ) throws(CodecError) {
        guard (1...1 << 24).contains(width), (1...1 << 24).contains(height), width * height <= 1 << 32 else {
            throw CodecError(.encoding, "OpenEXR cannot hold a picture of \(width)x\(height) pixels here.")
        }
        guard !channels.isEmpty, Set(channels.map(\.name)).count == channels.count,
            channels.allSatisfy({ (1...31).contains($0.name.utf8.count) && !$0.name.utf8.contains(0) })
        else { throw CodecError(.encoding, "OpenEXR channels need distinct names of 1 to 31 bytes.") }
        for channel in channels where channel.samples.count != width * height {
            throw CodecError(
                .encoding, "Channel \(channel.name) has \(channel.samples.count) samples for \(width)x\(height) pixels."
            )
        }
        // A block's length is stored in 31 bits.
        guard width <= Int(Int32.max) / (64 * channels.count) else {
            throw CodecError(.encoding, "OpenEXR cannot hold \(channels.count) channels of \(width) columns.")
        }
    }

    private static func header(
        width: Int, height: Int, names: [String], compression: Compression, text: [PNGText],
        part: (name: String, blocks: Int)?
    ) -> [UInt8] {
        var file: [UInt8] = []
        var list: [UInt8] = []
        for name in names {
            list += Array(name.utf8) + [0]
            // Pixel type 2 is float; then linearity and the two samplings.
            for value: UInt32 in [2, 0, 1, 1] { list.appendLittleEndian32(value) }
        }
        var window: [UInt8] = []
        for value in [0, 0, width - 1, height - 1] { window.appendLittleEndian32(UInt32(value)) }
        var one: [UInt8] = []
        one.appendLittleEndian32(Float(1).bitPattern)
        func attribute(_ name: String, _ type: String, _ value: [UInt8]) {
            file += Array(name.utf8) + [0] + Array(type.utf8) + [0]
            file.appendLittleEndian32(UInt32(value.count))
            file += value
        }
        attribute("channels", "chlist", list + [0])
        attribute("compression", "compression", [UInt8(compression.rawValue)])
        attribute("dataWindow", "box2i", window)
        attribute("displayWindow", "box2i", window)
        attribute("lineOrder", "lineOrder", [0])
        attribute("pixelAspectRatio", "float", one)
        attribute("screenWindowCenter", "v2f", [UInt8](repeating: 0, count: 8))
        attribute("screenWindowWidth", "float", one)
        for entry in text where !entry.keyword.isEmpty && entry.keyword.utf8.count <= 31 {
            attribute(entry.keyword, "string", Array(entry.text.utf8))
        }
        if let part {
            var count: [UInt8] = []
            count.appendLittleEndian32(UInt32(part.blocks))
            attribute("name", "string", Array(part.name.utf8))
            attribute("type", "string", Array("scanlineimage".utf8))
            attribute("chunkCount", "int", count)
        }
        return file + [0]
    }

    /// The rows of a block: for each row, each channel's samples, little-endian.
    private static func interleave(
        _ channels: [(name: String, samples: [Float])], width: Int, rows: Range<Int>
    ) -> [UInt8] {
        let size = rows.count * channels.count * width * 4
        return [UInt8](unsafeUninitializedCapacity: size) { target, count in
            var position = UnsafeMutableRawPointer(target.baseAddress!)
            for row in rows {
                for channel in channels {
                    channel.samples.withUnsafeBytes {
                        position.copyMemory(from: $0.baseAddress! + row * width * 4, byteCount: width * 4)
                    }
                    position += width * 4
                }
            }
            count = size
        }
    }
}

/// Packs blocks of scan lines; keeps the compressor and the work space from block to block.
private struct BlockPacker: ~Copyable {
    private let deflater: OpaquePointer?
    private var shuffled: [UInt8] = []

    init(_ compression: EXREncoder.Compression) throws(CodecError) {
        deflater = compression == .zip ? libdeflate_alloc_compressor(6) : nil
        if compression == .zip, deflater == nil {
            throw CodecError(.encoding, "There is no memory for the OpenEXR compressor.")
        }
    }

    deinit { if let deflater { libdeflate_free_compressor(deflater) } }

    /// Splits even from odd bytes, stores differences, deflates; the plain bytes when that gains nothing.
    mutating func pack(_ block: [UInt8]) -> [UInt8] {
        guard let deflater else { return block }
        let half = (block.count + 1) / 2
        shuffled = [UInt8](unsafeUninitializedCapacity: block.count) { target, count in
            for index in block.indices { target[(index & 1) * half + index >> 1] = block[index] }
            var previous: UInt8 = target[0]
            for index in 1..<max(1, block.count) {
                let value = target[index]
                target[index] = value &- previous &+ 128
                previous = value
            }
            count = block.count
        }
        let packed = [UInt8](unsafeUninitializedCapacity: block.count) { target, count in
            count = libdeflate_zlib_compress(deflater, shuffled, shuffled.count, target.baseAddress, block.count)
        }
        // 0: it did not fit, so it would not be smaller.
        return packed.isEmpty || packed.count >= block.count ? block : packed
    }
}

extension [UInt8] {
    fileprivate mutating func appendLittleEndian32(_ value: UInt32) {
        for shift in [0, 8, 16, 24] as [UInt32] { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    fileprivate mutating func replaceLittleEndian64(at offset: Int, with value: UInt64) {
        for index in 0..<8 { self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
    }
}
