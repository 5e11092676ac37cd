// SPDX-License-Identifier: Apache-2.0
import CVector

// Filtered PNG rows as deflate symbols: zero bytes between two others are a run when they cover a whole group of eight,
// counted from the beginning; everything else is a literal. A run is a literal zero and matches at distance 1.

@inline(__always)
private func word(_ bytes: Bytes, _ i: Int) -> UInt64 {
    UnsafeRawPointer(bytes + i).loadUnaligned(as: UInt64.self)
}

/// Zero bytes a group of eight, not all zero, begins with.
@inline(__always)
private func zerosAtStart(_ eight: UInt64) -> Int { eight.trailingZeroBitCount >> 3 }

/// Zero bytes it ends with.
@inline(__always)
private func zerosAtEnd(_ eight: UInt64) -> Int { eight.leadingZeroBitCount >> 3 }

/// Adds to 286 counts of literal and length symbols; `counts` has four tables of 288, to be summed by the caller.
func countTokens(
    _ bytes: Bytes?, _ count: Int64, _ counts: UnsafeMutablePointer<UInt32>?,
    _ lengthSymbols: UnsafePointer<UInt16>?
) {
    guard let bytes, let counts, let lengthSymbols else { return }
    let count = Int(count)
    var (i, run) = (0, 0)
    while i + 8 <= count {
        let eight = word(bytes, i)
        if eight == 0 {
            run += 8
            i += 8
            continue
        }
        if run > 0 {
            countRun(run + zerosAtStart(eight), counts, lengthSymbols)
            counts[0] &-= UInt32(truncatingIfNeeded: zerosAtStart(eight))
            run = 0
        }
        if i + 16 <= count, word(bytes, i + 8) == 0 {
            run = zerosAtEnd(eight)
            counts[0] &-= UInt32(truncatingIfNeeded: run)
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
    while run > 0, i < count, bytes[i] == 0 {
        run += 1
        i += 1
    }
    if run > 0 { countRun(run, counts, lengthSymbols) }
    while i < count {
        counts[Int(bytes[i])] &+= 1
        i += 1
    }
}

@inline(__always)
private func countRun(
    _ length: Int, _ counts: UnsafeMutablePointer<UInt32>, _ lengthSymbols: UnsafePointer<UInt16>
) {
    let (whole, rest) = ((length - 1) / 258, (length - 1) % 258)
    counts[Int(lengthSymbols[258])] &+= UInt32(truncatingIfNeeded: whole)
    if rest >= 3 { counts[Int(lengthSymbols[rest])] &+= 1 }
    counts[0] &+= UInt32(truncatingIfNeeded: rest < 3 ? 1 + rest : 1)
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

    /// Adds up to 64 bits to what a flush has left, and flushes.
    @inline(__always)
    mutating func addGroup(_ group: UInt64, _ length: UInt64) {
        let low = bits | group &<< held
        let total = held &+ length
        UnsafeMutableRawPointer(target).storeBytes(of: low, as: UInt64.self)
        target += Int(total >> 3)
        // Fewer than eight bits may have had no room.
        let above = (group &>> 1) &>> (63 &- held)
        bits = total >= 64 ? above : low &>> (total & 56)
        held = total & 7
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

/// Writes a run of eight zeros or more.
@inline(__always)
private func addRun(_ sink: inout BitSink, _ length: Int, _ codes: UnsafePointer<UInt32>) {
    let matches = codes + 256
    var rest = length - 1
    sink.add(codes[0])
    while rest > 258 {
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
}

/// Writes some bytes of a group of eight as literals.
@inline(__always)
private func addSome(_ sink: inout BitSink, _ eight: UInt64, _ places: Range<Int>, _ codes: UnsafePointer<UInt32>) {
    var place = places.lowerBound
    while place < places.upperBound {
        sink.add(codes[Int(eight &>> UInt64(truncatingIfNeeded: 8 &* place) & 0xFF)])
        place += 1
        // Four codes fit beside what a flush leaves.
        if place & 3 == 0 { sink.flush() }
    }
    sink.flush()
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
    // Zeros that have been seen and not yet written.
    var run = 0
    var i = vec_packs_codes() ? emitBlocks(bytes, count, codes, &sink, &run) : 0
    while i + 8 <= count {
        let eight = word(bytes, i)
        if eight == 0 {
            run += 8
            i += 8
            while i + 64 <= count, vec_is_zero64(vec_load64(bytes + i)) {
                run += 64
                i += 64
            }
            continue
        }
        emitGroup(eight, i + 16 <= count && word(bytes, i + 8) == 0, codes, &sink, &run)
        i += 8
    }
    while run > 0, i < count, bytes[i] == 0 {
        run += 1
        i += 1
    }
    if run > 0 { addRun(&sink, run, codes) }
    while i < count {
        sink.add(codes[Int(bytes[i])])
        sink.flush()
        i += 1
    }
    pending.pointee = UInt32(truncatingIfNeeded: sink.bits & 0xFF) | UInt32(truncatingIfNeeded: sink.held) << 24
    return Int64(sink.target - target)
}

/// Writes a group of eight that is not all zero, and the run ahead of it; zeros at its end begin the run behind it.
@inline(__always)
private func emitGroup(
    _ eight: UInt64, _ isBeforeZeros: Bool, _ codes: UnsafePointer<UInt32>, _ sink: inout BitSink, _ run: inout Int
) {
    if run == 0, !isBeforeZeros {
        addFour(&sink, eight, codes)
        addFour(&sink, eight >> 32, codes)
        return
    }
    let first = run > 0 ? zerosAtStart(eight) : 0
    let last = isBeforeZeros ? zerosAtEnd(eight) : 0
    if run > 0 { addRun(&sink, run + first, codes) }
    addSome(&sink, eight, first..<8 - last, codes)
    run = last
}

/// Writes tokens while 64 bytes and a group behind them are left, and returns where it stopped.
@inline(__always)
private func emitBlocks(
    _ bytes: Bytes, _ count: Int, _ codes: UnsafePointer<UInt32>, _ sink: inout BitSink, _ run: inout Int
) -> Int {
    var narrow = NarrowCodes(codes)
    var i = 0
    withUnsafeMutablePointer(to: &narrow) { narrow in
        let room = UnsafeMutableRawPointer(narrow).assumingMemoryBound(to: UInt64.self)
        let packed = PackedGroups(room: room, codes: codes)
        while i + 72 <= count {
            let block = vec_load64(bytes + i)
            let zeros = vec_zero_groups(block)
            if zeros == 0xFF {
                run += 64
            } else {
                let behind: UInt32 = word(bytes, i + 64) == 0 ? 0x100 : 0
                packed.emit(block, bytes + i, zeros | behind, &sink, &run)
            }
            i += 64
        }
    }
    return i
}

/// Eight groups whose codes have been looked up side by side.
private struct PackedGroups {
    /// As `NarrowCodes` lays it out.
    let room: UnsafeMutablePointer<UInt64>
    let codes: UnsafePointer<UInt32>

    /// Writes a block; `zeros` has a bit for each of its groups, and the one behind it, that is all zero.
    @inline(__always)
    func emit(_ block: vec_u8x64, _ bytes: Bytes, _ zeros: UInt32, _ sink: inout BitSink, _ run: inout Int) {
        let narrow = UnsafeRawPointer(room + 32).assumingMemoryBound(to: UInt16.self)
        let isWide = vec_pack_codes(block, narrow, room, room + 16) == 8
        if zeros == 0, run == 0 {
            var place = 0
            while place < 16 {
                sink.addGroup(room[place], room[16 + place])
                place += isWide ? 2 : 1
            }
            return
        }
        var (literals, done) = (~zeros & 0xFF, 0)
        while literals != 0 {
            let group = literals.trailingZeroBitCount
            run += 8 * (group - done)
            done = group + 1
            literals &= literals &- 1
            let isBeforeZeros = zeros &>> UInt32(truncatingIfNeeded: done) & 1 != 0
            if isWide {
                emit(group, word(bytes, 8 * group), isBeforeZeros, &sink, &run)
            } else {
                emitGroup(word(bytes, 8 * group), isBeforeZeros, codes, &sink, &run)
            }
        }
        run += 8 * (8 - done)
    }

    /// What `emitGroup` does, by leaving codes out at the ends of eight that are packed.
    @inline(__always)
    private func emit(
        _ group: Int, _ eight: UInt64, _ isBeforeZeros: Bool, _ sink: inout BitSink, _ run: inout Int
    ) {
        var (bits, length) = (room[2 * group], room[16 + 2 * group])
        let zeroBits = UInt64(codes[0] >> 24)
        if run > 0 {
            let zeros = zerosAtStart(eight)
            addRun(&sink, run + zeros, codes)
            bits &>>= UInt64(truncatingIfNeeded: zeros) &* zeroBits
            length &-= UInt64(truncatingIfNeeded: zeros) &* zeroBits
        }
        run = isBeforeZeros ? zerosAtEnd(eight) : 0
        length &-= UInt64(truncatingIfNeeded: run) &* zeroBits
        // At least one byte is not zero, so the length is not either.
        sink.addGroup(bits & (UInt64.max &>> (64 &- length)), length)
    }
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
