// SPDX-License-Identifier: Apache-2.0
import CVector

extension PlainKernels {
    /// A piece of filtered rows as deflate sees it.
    enum Token: Equatable {
        case literal(UInt8)
        /// So many bytes like the one before.
        case match(Int)
    }

    /// Zeros between two other bytes that cover a whole group of eight, counted from the beginning, are a run.
    static func tokens(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ body: (Token) -> Void) {
        var i = 0
        while i < count {
            var end = i
            while end < count, bytes[end] == 0 { end += 1 }
            if (i + 7) / 8 * 8 + 8 <= end {
                body(.literal(0))
                var rest = end - i - 1
                while rest >= 3 {
                    body(.match(min(258, rest)))
                    rest -= min(258, rest)
                }
                for _ in 0..<rest { body(.literal(0)) }
                i = end
            } else {
                for index in i..<min(end + 1, count) { body(.literal(bytes[index])) }
                i = end + 1
            }
        }
    }

    static func addTokens(to table: inout vec_kernel_table) {
        table.count_tokens = { bytes, count, counts, lengthSymbols in
            guard let bytes, let counts, let lengthSymbols else { return }
            PlainKernels.tokens(bytes, Int(count)) { token in
                switch token {
                case .literal(let value): counts[Int(value)] += 1
                case .match(let length): counts[Int(lengthSymbols[length])] += 1
                }
            }
        }
        table.emit_tokens = { bytes, count, codes, target, pending in
            guard let bytes, let codes, let target, let pending else { return 0 }
            var bits = UInt64(pending.pointee & 0xFF_FFFF)
            var held = UInt64(pending.pointee >> 24)
            var written = 0
            PlainKernels.tokens(bytes, Int(count)) { token in
                let entry =
                    switch token {
                    case .literal(let value): codes[Int(value)]
                    case .match(let length): codes[256 + length]
                    }
                bits |= UInt64(entry & 0xFF_FFFF) << held
                held += UInt64(entry >> 24)
                while held >= 8 {
                    target[written] = UInt8(truncatingIfNeeded: bits)
                    written += 1
                    bits >>= 8
                    held -= 8
                }
            }
            pending.pointee = UInt32(bits) | UInt32(held) << 24
            return Int64(written)
        }
    }
}
