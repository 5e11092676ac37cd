// SPDX-License-Identifier: Apache-2.0

/// A Huffman code as JPEG files hold it: how many words there are of each length, and what they mean.
struct JPEGHuffmanCode {
    /// Words of 1 to 16 bits.
    let lengths: [UInt8]
    let symbols: [UInt8]
    /// By symbol: the word's bits, and how many.
    let words: [(bits: UInt32, count: UInt32)]

    init(lengths: [UInt8], symbols: [UInt8]) {
        (self.lengths, self.symbols) = (lengths, symbols)
        var words = [(bits: UInt32, count: UInt32)](repeating: (0, 0), count: 256)
        var (next, place) = (UInt32(0), 0)
        for (length, count) in lengths.enumerated() {
            for _ in 0..<count {
                words[Int(symbols[place])] = (next, UInt32(length + 1))
                next += 1
                place += 1
            }
            next <<= 1
        }
        self.words = words
    }
}

/// Puts words of bits together, a zero byte behind each of all ones.
struct JPEGBitWriter {
    private(set) var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var count: UInt32 = 0

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func append(_ more: [UInt8]) { bytes += more }

    mutating func write(_ code: JPEGHuffmanCode, symbol: Int) {
        let word = code.words[symbol]
        put(word.bits, word.count)
    }

    /// A value behind so many zeros: its length in bits, then the bits, those of negative ones less one.
    mutating func write(_ code: JPEGHuffmanCode, run: Int, value: Int) {
        let size = UInt32(Int.bitWidth - abs(value).leadingZeroBitCount)
        write(code, symbol: run << 4 | Int(size))
        guard size > 0 else { return }
        let bits = value < 0 ? value - 1 : value
        put(UInt32(truncatingIfNeeded: bits) & (1 << size - 1), size)
    }

    /// Fills the last byte with ones and ends the file.
    mutating func finish() {
        put(0x7F, 7)
        bytes += [0xFF, 0xD9]
    }

    private mutating func put(_ bits: UInt32, _ length: UInt32) {
        pending = pending << UInt64(length) | UInt64(bits)
        count += length
        while count >= 8 {
            count -= 8
            let byte = UInt8(truncatingIfNeeded: pending >> UInt64(count))
            bytes.append(byte)
            if byte == 0xFF { bytes.append(0) }
        }
    }
}
