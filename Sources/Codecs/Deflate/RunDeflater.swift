// SPDX-License-Identifier: Apache-2.0
import CVector

/// Deflate for filtered PNG rows: one dynamic block of literals and runs of zeros, no search for other matches.
///
/// Blocks know nothing of each other and end at a byte, so threads can write them side by side.
struct RunDeflater: Sendable {
    /// What `emit_tokens` takes; codes of 13 and 14 bits are the last ones, so they begin with two ones.
    private static let literalLimit = 14
    /// Of so many stretches one is counted for the block's code.
    private static let samplingStep = 8
    /// Bytes of a stretch: long enough to show runs.
    private static let sampledBytes = 4096

    private let kernels: vec_kernel_table

    init(kernels: vec_kernel_table) { self.kernels = kernels }

    /// What packing needs room for: 14 bits a literal, the header, and what an eight-byte store touches behind the end.
    static func bound(_ bytes: Int) -> Int { bytes * 7 / 4 + 1024 }

    /// Writes one block, ending at a byte boundary, and returns its size.
    ///
    /// - Parameter target: room for `bound` bytes.
    func pack(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into target: UnsafeMutablePointer<UInt8>) -> Int {
        guard let start = bytes.baseAddress else { return 0 }
        let code = HuffmanCode(counts: sampledCounts(start, bytes.count), limit: Self.literalLimit)
        var writer = BitWriter(target: target)
        writer.add(isLast ? 1 : 0, 1)
        writer.add(2, 2)
        writer.addHeader(code.lengths)
        var pending = writer.flushed()
        let written = kernels.emit_tokens(
            start, Int64(bytes.count), entries(code), target + writer.written, &pending)
        writer = BitWriter(target: target, written: writer.written + Int(written), pending: pending)
        writer.add(UInt64(code.codes[256]), Int(code.lengths[256]))
        if !isLast {
            // An empty stored block, to reach a byte boundary.
            writer.add(0, 3)
            writer.align()
            writer.add(0xFFFF_0000, 32)
        }
        writer.align()
        return writer.written
    }

    /// Counts of a share of the block, none of them 0: what was not looked at may hold any symbol.
    private func sampledCounts(_ bytes: UnsafePointer<UInt8>, _ size: Int) -> [UInt32] {
        let step = Self.samplingStep * Self.sampledBytes
        var tables = [UInt32](repeating: 0, count: 4 * 288)
        for start in stride(from: 0, to: size, by: step) {
            kernels.count_tokens(
                bytes + start, Int64(min(Self.sampledBytes, size - start)), &tables, LengthCode.symbols)
        }
        var counts = Array(tables.prefix(286))
        for part in 1..<4 {
            for symbol in 0..<286 { counts[symbol] &+= tables[288 * part + symbol] }
        }
        for symbol in 0..<286 { counts[symbol] = max(1, counts[symbol] &* UInt32(Self.samplingStep)) }
        counts[256] = 1
        return counts
    }

    /// Codes as `emit_tokens` takes them.
    private func entries(_ code: HuffmanCode) -> [UInt32] {
        var table = [UInt32](repeating: 0, count: 256 + 259)
        for symbol in 0..<256 { table[symbol] = UInt32(code.codes[symbol]) | UInt32(code.lengths[symbol]) << 24 }
        for length in 3...258 {
            let symbol = Int(LengthCode.symbols[length])
            let bits = Int(code.lengths[symbol])
            let extra = LengthCode.extraBits[symbol - 257]
            let rest = UInt32(length - LengthCode.bases[symbol - 257])
            // Behind it stands the one distance code, a zero bit.
            let value = UInt32(code.codes[symbol]) | rest << UInt32(bits)
            table[256 + length] = value | UInt32(bits + extra + 1) << 24
        }
        return table
    }
}

/// RFC 1951, 3.2.7.
enum DeflateCode {
    /// The order in which a dynamic block names the lengths of its lengths' codes.
    static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
}

/// RFC 1951, 3.2.5: lengths 3…258 as symbols 257…285.
enum LengthCode {
    static let bases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    static let extraBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
    /// The symbol of each length.
    static let symbols: [UInt16] = (0...258).map { length in
        UInt16(257 + (bases.lastIndex { $0 <= length } ?? 0))
    }
}

/// Writes bits, lowest first, into memory that has room for them and eight bytes more.
private struct BitWriter {
    private let target: UnsafeMutablePointer<UInt8>
    private(set) var written: Int
    private var bits: UInt64
    private var held: Int

    init(target: UnsafeMutablePointer<UInt8>, written: Int = 0, pending: UInt32 = 0) {
        (self.target, self.written) = (target, written)
        (bits, held) = (UInt64(pending & 0xFF_FFFF), Int(pending >> 24))
    }

    mutating func add(_ value: UInt64, _ count: Int) {
        bits |= value << UInt64(held)
        held += count
        while held >= 8 {
            target[written] = UInt8(truncatingIfNeeded: bits)
            written += 1
            bits >>= 8
            held -= 8
        }
    }

    mutating func align() {
        if held > 0 { add(0, 8 - held) }
    }

    /// The bits left over, their count in the high 8.
    func flushed() -> UInt32 { UInt32(bits) | UInt32(held) << 24 }

    /// Code lengths of a dynamic block: literals as given, one distance code of one bit (RFC 1951, 3.2.7).
    mutating func addHeader(_ lengths: [UInt8]) {
        let order = DeflateCode.lengthOrder
        let used = max(257, (lengths.lastIndex { $0 > 0 } ?? 0) + 1)
        let symbols = Self.runs(Array(lengths.prefix(used)) + [1])
        var counts = [UInt32](repeating: 0, count: 19)
        for symbol in symbols { counts[symbol.symbol] += 1 }
        let code = HuffmanCode(counts: counts, limit: 7)
        let last = max(3, order.lastIndex { code.lengths[$0] > 0 } ?? 3)
        add(UInt64(used - 257), 5)
        add(0, 5)
        add(UInt64(last - 3), 4)
        for symbol in order[...last] { add(UInt64(code.lengths[symbol]), 3) }
        for entry in symbols {
            add(UInt64(code.codes[entry.symbol]), Int(code.lengths[entry.symbol]))
            add(UInt64(entry.extra), entry.extraBits)
        }
    }

    /// Lengths with their repeats as symbols 16, 17, 18.
    private static func runs(_ lengths: [UInt8]) -> [(symbol: Int, extra: Int, extraBits: Int)] {
        var result: [(symbol: Int, extra: Int, extraBits: Int)] = []
        var i = 0
        while i < lengths.count {
            let value = lengths[i]
            var run = 1
            while i + run < lengths.count, lengths[i + run] == value { run += 1 }
            i += run
            if value != 0 {
                result.append((Int(value), 0, 0))
                run -= 1
            }
            while run >= 3 {
                let part = min(run, value != 0 ? 6 : 138)
                if value != 0 {
                    result.append((16, part - 3, 2))
                } else if part <= 10 {
                    result.append((17, part - 3, 3))
                } else {
                    result.append((18, part - 11, 7))
                }
                run -= part
            }
            for _ in 0..<run { result.append((Int(value), 0, 0)) }
        }
        return result
    }
}
