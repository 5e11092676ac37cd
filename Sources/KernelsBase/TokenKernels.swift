// SPDX-License-Identifier: Apache-2.0
import CVector

// Filtered PNG rows as deflate symbols: eight zero bytes or more are a run, everything else is a literal.
// A run is a literal zero (unless a zero stands before it) and matches at distance 1.

/// Zero bytes from `i` on, of which there are eight at least.
@inline(__always)
private func runLength(_ bytes: Bytes, _ i: Int, _ count: Int) -> Int {
    var end = i + 8
    while end + 64 <= count {
        let zeros = vec_zeros_before(vec_load64(bytes + end))
        end += Int(zeros)
        if zeros < 64 { return end - i }
    }
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

/// Four literals at once: at most 56 bits.
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

/// Writes a run of zeros.
@inline(__always)
private func addRun(_ sink: inout BitSink, _ length: Int, _ followsZero: Bool, _ codes: UnsafePointer<UInt32>) {
    let matches = codes + 256
    var rest = length
    sink.add(followsZero ? 0 : codes[0])
    rest -= followsZero ? 0 : 1
    while rest >= 258 {
        sink.flush()
        sink.add(matches[258])
        rest -= 258
    }
    sink.flush()
    if rest >= 3 {
        sink.add(matches[rest])
    } else {
        for _ in 0..<rest { sink.add(codes[0]) }
    }
    sink.flush()
}

/// Literals of the first groups of eight of a block.
@inline(__always)
private func addGroups(_ sink: inout BitSink, _ block: vec_u8x64, _ groups: Int, _ room: UnsafeMutablePointer<UInt64>) {
    let codes = UnsafeRawPointer(room + 32).assumingMemoryBound(to: UInt16.self)
    let step = vec_pack_codes(block, codes, room, room + 16) == 8 ? 2 : 1
    var place = 0
    while place < 2 * groups {
        sink.bits |= room[place] &<< sink.held
        sink.held &+= room[16 + place]
        sink.flush()
        place += step
    }
}

/// Writes the tokens; entries of `codes` are literals 0…255, then matches of 0…258 bytes from index 256 on, distance
/// included. Literal codes have at most 14 bits, those above 12 begin with ones. `pending` holds the bits left over, its
/// count in the high 8. Returns how many bytes were written; up to eight more are touched.
func emitTokens(
    _ bytes: Bytes?, _ count: Int64, _ codes: UnsafePointer<UInt32>?, _ target: MutableBytes?,
    _ pending: UnsafeMutablePointer<UInt32>?
) -> Int64 {
    guard let bytes, let codes, let target, let pending else { return 0 }
    let count = Int(count)
    var sink = BitSink(
        target: target, bits: UInt64(pending.pointee & 0xFF_FFFF), held: UInt64(pending.pointee >> 24))
    var i = vec_packs_codes() ? emitBlocks(bytes, count, codes, &sink) : 0
    while i + 8 <= count {
        let eight = word(bytes, i)
        if eight == 0 {
            let length = runLength(bytes, i, count)
            addRun(&sink, length, i > 0 && bytes[i - 1] == 0, codes)
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

/// Writes tokens while 64 bytes are left, and returns where it stopped.
@inline(__always)
private func emitBlocks(_ bytes: Bytes, _ count: Int, _ codes: UnsafePointer<UInt32>, _ sink: inout BitSink) -> Int {
    var narrow = NarrowCodes(codes)
    var i = 0
    withUnsafeMutablePointer(to: &narrow) { narrow in
        let room = UnsafeMutableRawPointer(narrow).assumingMemoryBound(to: UInt64.self)
        while i + 64 <= count {
            let block = vec_load64(bytes + i)
            let groups = Int(vec_groups_before_zeros(block))
            if groups > 0 { addGroups(&sink, block, groups, room) }
            i += 8 * groups
            if groups == 8 { continue }
            let length = runLength(bytes, i, count)
            addRun(&sink, length, i > 0 && bytes[i - 1] == 0, codes)
            i += length
        }
    }
    return i
}

/// Codes of literals in 16 bits each, behind room for 64 of them as they are packed.
private struct NarrowCodes {
    // 16 packed numbers, 16 counts of bits, 256 codes: 96 numbers of 8 bytes.
    private var room: (vec_u64x8, vec_u64x8, vec_u64x8, vec_u64x8)
    private var codes: (Quarter, Quarter, Quarter, Quarter)

    private typealias Quarter = (vec_u64x8, vec_u64x8)

    init(_ entries: UnsafePointer<UInt32>) {
        let none = vec_zero64x8()
        room = (none, none, none, none)
        codes = ((none, none), (none, none), (none, none), (none, none))
        withUnsafeMutableBytes(of: &codes) { raw in
            for symbol in 0..<256 {
                let entry = entries[symbol]
                let length = entry >> 24
                let last = (entry & 0xFF_FFFF) &>> (length > 12 ? length - 12 : 0)
                let narrow = UInt16(truncatingIfNeeded: last & 0xFFF | length << 12)
                raw.storeBytes(of: narrow, toByteOffset: 2 * symbol, as: UInt16.self)
            }
        }
    }
}
