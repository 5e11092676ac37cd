// SPDX-License-Identifier: Apache-2.0
import CDeflate

/// Reads NRRD files: the head, and the samples behind it or in files beside it.
package struct NRRDReader: Sendable {
    package let header: NRRDHeader
    private let bytes: [UInt8]

    /// Reads a file and unpacks its samples.
    ///
    /// - Throws: `ModelError` with `.corrupt` when there are more or fewer samples than the head says.
    package init(_ path: String, files: ModelFiles) throws(ModelError) {
        let file = try files.bytes(path)
        let (header, end) = try NRRDHeader.read(file, shown: path)
        self.header = header
        guard let count = Self.sampleCount(header.sizes) else {
            throw ModelError(.limits, "\(path) says that it has more samples than there is memory for.")
        }
        var packed: [UInt8] = []
        if header.dataFiles.isEmpty {
            packed = Array(file[end...])
        } else {
            for name in header.dataFiles { packed += try files.bytes(ModelFiles.path(name, beside: path)) }
        }
        bytes = try Self.unpack(packed, header, size: count * header.type.size, shown: path)
    }

    /// All samples as numbers, the fastest axis first.
    package func values<Value: BinaryFloatingPoint>(as _: Value.Type = Value.self) -> [Value] {
        if header.encoding == .text {
            return bytes.split { Self.isSpace($0) }.map { Value(Double(String(decoding: $0, as: UTF8.self)) ?? .nan) }
        }
        return header.type.values(bytes, isBigEndian: header.isBigEndian)
    }

    private static func sampleCount(_ sizes: [Int]) -> Int? {
        sizes.reduce(1 as Int?) { product, size in
            guard let product, product <= (1 << 36) / size else { return nil }
            return product * size
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 32 }

    private static func unpack(
        _ packed: [UInt8], _ header: NRRDHeader, size: Int, shown: String
    ) throws(ModelError) -> [UInt8] {
        switch header.encoding {
        case .raw:
            // Writers may end the file with line ends, and begin the samples with them.
            let start = packed.count > size ? packed.firstIndex { $0 != UInt8(ascii: "\n") } ?? 0 : 0
            let rest = packed[min(start, packed.count - min(size, packed.count))...]
            guard rest.count >= size, rest.dropFirst(size).allSatisfy({ $0 == UInt8(ascii: "\n") }) else {
                throw mismatch(packed.count, size, shown)
            }
            return Array(rest.prefix(size))
        case .text:
            let words = packed.split { isSpace($0) }
            guard words.count == size / header.type.size else {
                throw mismatch(words.count * header.type.size, size, shown)
            }
            guard words.allSatisfy({ Double(String(decoding: $0, as: UTF8.self)) != nil }) else {
                throw ModelError(.corrupt, "\(shown) has samples that are no numbers.")
            }
            return packed
        case .hexadecimal: return try hexadecimal(packed, size: size, shown: shown)
        case .gzip: return try inflate(packed, size: size, shown: shown)
        }
    }

    private static func hexadecimal(_ text: [UInt8], size: Int, shown: String) throws(ModelError) -> [UInt8] {
        let digits = text.lazy.filter { !isSpace($0) }.map { Character(UnicodeScalar($0)).hexDigitValue }
        var result: [UInt8] = []
        var high: Int?
        for digit in digits {
            guard let digit else { throw ModelError(.corrupt, "\(shown) has samples that are no hexadecimal digits.") }
            if let first = high {
                result.append(UInt8(first << 4 | digit))
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil, result.count == size else { throw mismatch(result.count, size, shown) }
        return result
    }

    /// Deflate makes a thousandth of its input at best, so a head cannot ask for memory that its file does not earn.
    private static func inflate(_ packed: [UInt8], size: Int, shown: String) throws(ModelError) -> [UInt8] {
        guard size / 1100 <= packed.count else { throw mismatch(packed.count, size, shown) }
        guard let inflater = libdeflate_alloc_decompressor() else {
            throw ModelError(.limits, "There is no memory to unpack \(shown).")
        }
        defer { libdeflate_free_decompressor(inflater) }
        var (place, isDone) = (0, false)
        let result = [UInt8](unsafeUninitializedCapacity: size) { target, filled in
            // Several files, or one written in parts, are several members in a row.
            while filled < size, place < packed.count {
                var (used, made) = (0, 0)
                let outcome = packed.withUnsafeBytes { source in
                    libdeflate_gzip_decompress_ex(
                        inflater, source.baseAddress! + place, source.count - place,
                        UnsafeMutableRawPointer(target.baseAddress! + filled), size - filled, &used, &made)
                }
                guard outcome == LIBDEFLATE_SUCCESS, used > 0 else { return }
                place += used
                filled += made
            }
            isDone = true
        }
        guard isDone, result.count == size else {
            throw ModelError(.corrupt, "\(shown) does not unpack to the \(size) bytes that its head asks for.")
        }
        return result
    }

    private static func mismatch(_ found: Int, _ wanted: Int, _ shown: String) -> ModelError {
        ModelError(.corrupt, "\(shown) has \(found) bytes of samples; its head asks for \(wanted).")
    }
}
