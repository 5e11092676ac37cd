// SPDX-License-Identifier: Apache-2.0
import CVector

// Filtered PNG rows as deflate symbols: eight zero bytes or more are a run, everything else is a literal.
// A run is a literal zero (unless a zero stands before it) and matches at distance 1.

/// Zero bytes from `i` on.
@inline(__always)
private func runLength(_ bytes: Bytes, _ i: Int, _ count: Int) -> Int {
    var end = i + 8
    while end + 64 <= count, vec_is_zero64(vec_load64(bytes + end)) { end += 64 }
    while end < count, bytes[end] == 0 { end += 1 }
    return end - i
}

@inline(__always)
private func word(_ bytes: Bytes, _ i: Int) -> UInt64 {
    UnsafeRawPointer(bytes + i).loadUnaligned(as: UInt64.self)
}

/// Adds to 286 counts of literal and length symbols; `counts` has four tables of 288, to be summed by the caller.
func countTokens(
    _ bytes: Bytes?, _ count: Int64, _ counts: UnsafeMutablePointer<UInt32>?,
    _ lengthSymbols: UnsafePointer<UInt16>?
) {
    guard let bytes, let counts, let lengthSymbols else { return }
    let count = Int(count)
    var i = 0
    while i + 8 <= count {
        let eight = word(bytes, i)
        if eight == 0 {
            let length = runLength(bytes, i, count)
            var rest = length
            if i == 0 || bytes[i - 1] != 0 {
                counts[0] &+= 1
                rest -= 1
            }
            counts[Int(lengthSymbols[258])] &+= UInt32(truncatingIfNeeded: rest / 258)
            rest %= 258
            if rest >= 3 {
                counts[Int(lengthSymbols[rest])] &+= 1
            } else {
                counts[0] &+= UInt32(truncatingIfNeeded: rest)
            }
            i += length
            continue
        }
        counts[Int(eight & 0xFF)] &+= 1
        counts[288 + Int(eight >> 8 & 0xFF)] &+= 1
        counts[576 + Int(eight >> 16 & 0xFF)] &+= 1
        counts[864 + Int(eight >> 24 & 0xFF)] &+= 1
        counts[Int(eight >> 32 & 0xFF)] &+= 1
        counts[288 + Int(eight >> 40 & 0xFF)] &+= 1
        counts[576 + Int(eight >> 48 & 0xFF)] &+= 1
        counts[864 + Int(eight >> 56)] &+= 1
        i += 8
    }
    while i < count {
        counts[Int(bytes[i])] &+= 1
        i += 1
    }
}

/// Bits on their way to memory, lowest first; fewer than eight are left over after a flush.
private struct BitSink {
    var target: MutableBytes
    var bits: UInt64
    var held: UInt64

    /// Adds the bits of an entry: code in the low 24 bits, count in the high 8.
    @inline(__always)
    mutating func add(_ entry: UInt32) {
        bits |= UInt64(entry & 0xFF_FFFF) &<< held
        held &+= UInt64(entry >> 24)
    }

    @inline(__always)
    mutating func flush() {
        UnsafeMutableRawPointer(target).storeBytes(of: bits, as: UInt64.self)
        target += Int(held >> 3)
        bits &>>= held & 56
        held &= 7
    }
}

/// Four literals at once: at most 48 bits.
@inline(__always)
private func addFour(_ sink: inout BitSink, _ four: UInt64, _ codes: UnsafePointer<UInt32>) {
    let (a, b) = (codes[Int(four & 0xFF)], codes[Int(four >> 8 & 0xFF)])
    let (c, d) = (codes[Int(four >> 16 & 0xFF)], codes[Int(four >> 24 & 0xFF)])
    let ab = UInt64(a & 0xFF_FFFF) | UInt64(b & 0xFF_FFFF) &<< UInt64(a >> 24)
    let cd = UInt64(c & 0xFF_FFFF) | UInt64(d & 0xFF_FFFF) &<< UInt64(c >> 24)
    let first = UInt64(a >> 24) &+ UInt64(b >> 24)
    sink.bits |= (ab | cd &<< first) &<< sink.held
    sink.held &+= first &+ UInt64(c >> 24) &+ UInt64(d >> 24)
    sink.flush()
}

/// Writes the tokens; entries of `codes` are literals 0…255, then matches of 0…258 bytes from index 256 on, distance
/// included. Literal codes have at most 12 bits. `pending` holds the bits left over, its count in the high 8.
/// Returns how many bytes were written; up to eight more are touched.
func emitTokens(
    _ bytes: Bytes?, _ count: Int64, _ codes: UnsafePointer<UInt32>?, _ target: MutableBytes?,
    _ pending: UnsafeMutablePointer<UInt32>?
) -> Int64 {
    guard let bytes, let codes, let target, let pending else { return 0 }
    let count = Int(count)
    var sink = BitSink(
        target: target, bits: UInt64(pending.pointee & 0xFF_FFFF), held: UInt64(pending.pointee >> 24))
    let matches = codes + 256
    var i = 0
    while i + 8 <= count {
        let eight = word(bytes, i)
        if eight == 0 {
            let length = runLength(bytes, i, count)
            var rest = length
            if i == 0 || bytes[i - 1] != 0 {
                sink.add(codes[0])
                rest -= 1
            }
            sink.flush()
            while rest >= 258 {
                sink.add(matches[258])
                sink.flush()
                rest -= 258
            }
            if rest >= 3 {
                sink.add(matches[rest])
            } else {
                for _ in 0..<rest { sink.add(codes[0]) }
            }
            sink.flush()
            i += length
            continue
        }
        addFour(&sink, eight, codes)
        addFour(&sink, eight >> 32, codes)
        i += 8
    }
    while i < count {
        sink.add(codes[Int(bytes[i])])
        sink.flush()
        i += 1
    }
    pending.pointee = UInt32(truncatingIfNeeded: sink.bits & 0xFF) | UInt32(truncatingIfNeeded: sink.held) << 24
    return Int64(sink.target - target)
}
