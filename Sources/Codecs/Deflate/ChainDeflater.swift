// SPDX-License-Identifier: Apache-2.0
import CDeflate

/// A zlib stream of one block with deflate's fixed codes, as the writers of one-file image libraries make it.
///
/// It finds matches as stb_image_write does: chains of at most 16 earlier places with the same hash of three bytes,
/// the oldest half dropped when one is full; the longest match, the latest of equal ones; one literal instead where
/// the next place has a longer match. So a picture gives the stream, byte for byte, that such a writer gives it.
struct ChainDeflater: ~Copyable {
    private static let chainLimit = 16
    private static let buckets = 1 << 14

    private let source: UnsafePointer<UInt8>
    private let count: Int
    private let places: UnsafeMutablePointer<Int>
    private let fill: UnsafeMutablePointer<UInt8>
    private var stream: [UInt8] = [0x78, 0x5E]
    private var bits: UInt64 = 0
    private var held: UInt64 = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>, from source: UnsafePointer<UInt8>) {
        self.source = source
        count = bytes.count
        places = .allocate(capacity: Self.buckets * Self.chainLimit)
        fill = .allocate(capacity: Self.buckets)
        fill.initialize(repeating: 0, count: Self.buckets)
        stream.reserveCapacity(bytes.count / 8 + 64)
    }

    deinit {
        places.deallocate()
        fill.deallocate()
    }

    /// The stream of so many bytes.
    static func stream(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard let start = bytes.baseAddress else { return [0x78, 0x5E, 3, 0, 0, 0, 0, 1] }
        var deflater = ChainDeflater(bytes, from: start)
        deflater.packBlock()
        // Stored blocks hold 32767 bytes each and five more for their heads.
        if bytes.count > 0, deflater.stream.count > bytes.count + 2 + (bytes.count + 32766) / 32767 * 5 {
            deflater.storeBlocks()
        }
        deflater.stream.appendBigEndian32(libdeflate_adler32(1, start, bytes.count))
        return deflater.stream
    }

    private mutating func packBlock() {
        add(1, 1)
        add(1, 2)
        var place = 0
        while place < count - 3 {
            let match = longestMatch(at: place)
            remember(place)
            if let match, !isBetter(at: place + 1, than: match.length) {
                write(length: match.length, distance: place - match.place)
                place += match.length
            } else {
                write(literal: source[place])
                place += 1
            }
        }
        while place < count {
            write(literal: source[place])
            place += 1
        }
        write(symbol: 256)
        if held > 0 { add(0, 8 - held) }
    }

    private mutating func storeBlocks() {
        stream.removeLast(stream.count - 2)
        var place = 0
        while place < count {
            let size = min(32767, count - place)
            stream.append(place + size == count ? 1 : 0)
            for value in [UInt16(size), ~UInt16(size)] { stream += [UInt8(value & 0xFF), UInt8(value >> 8)] }
            stream += UnsafeBufferPointer(start: source + place, count: size)
            place += size
        }
    }

    // MARK: Matches

    private func longestMatch(at place: Int) -> (place: Int, length: Int)? {
        let bucket = bucket(of: place)
        var best: (place: Int, length: Int)?
        var length = 3
        for entry in 0..<Int(fill[bucket]) {
            let earlier = places[bucket * Self.chainLimit + entry]
            guard earlier > place - 32768 else { continue }
            let found = matchLength(earlier, place)
            if found >= length { (best, length) = ((earlier, found), found) }
        }
        return best
    }

    private func isBetter(at place: Int, than length: Int) -> Bool {
        let bucket = bucket(of: place)
        for entry in 0..<Int(fill[bucket]) {
            let earlier = places[bucket * Self.chainLimit + entry]
            if earlier > place - 32768, matchLength(earlier, place) > length { return true }
        }
        return false
    }

    private func remember(_ place: Int) {
        let bucket = bucket(of: place)
        let chain = places + bucket * Self.chainLimit
        if Int(fill[bucket]) == Self.chainLimit {
            chain.update(from: chain + Self.chainLimit / 2, count: Self.chainLimit / 2)
            fill[bucket] = UInt8(Self.chainLimit / 2)
        }
        chain[Int(fill[bucket])] = place
        fill[bucket] += 1
    }

    private func matchLength(_ first: Int, _ second: Int) -> Int {
        let limit = min(258, count - second)
        var length = 0
        let (a, b) = (UnsafeRawPointer(source + first), UnsafeRawPointer(source + second))
        while length + 8 <= limit {
            let difference =
                a.loadUnaligned(fromByteOffset: length, as: UInt64.self)
                ^ b.loadUnaligned(fromByteOffset: length, as: UInt64.self)
            if difference != 0 { return length + UInt64(littleEndian: difference).trailingZeroBitCount / 8 }
            length += 8
        }
        while length < limit, source[first + length] == source[second + length] { length += 1 }
        return length
    }

    private func bucket(of place: Int) -> Int {
        var hash = UInt32(source[place]) &+ UInt32(source[place + 1]) << 8 &+ UInt32(source[place + 2]) << 16
        hash ^= hash << 3
        hash &+= hash >> 5
        hash ^= hash << 4
        hash &+= hash >> 17
        hash ^= hash << 25
        hash &+= hash >> 6
        return Int(hash) & (Self.buckets - 1)
    }

    // MARK: Codes

    private static let codes: [(code: UInt64, bits: UInt64)] = {
        let lengths = (0..<288).map { symbol -> UInt8 in
            symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8
        }
        return zip(HuffmanCode(lengths: lengths).codes, lengths).map { (UInt64($0), UInt64($1)) }
    }()
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ]
    private static let distanceCodes = HuffmanCode(lengths: [UInt8](repeating: 5, count: 32)).codes

    private mutating func write(literal byte: UInt8) { write(symbol: Int(byte)) }

    private mutating func write(symbol: Int) {
        let entry = Self.codes[symbol]
        add(entry.code, entry.bits)
    }

    private mutating func write(length: Int, distance: Int) {
        let symbol = Int(LengthCode.symbols[length])
        write(symbol: symbol)
        add(UInt64(length - LengthCode.bases[symbol - 257]), UInt64(LengthCode.extraBits[symbol - 257]))
        let index = (Self.distanceBases.firstIndex { $0 > distance } ?? 30) - 1
        add(UInt64(Self.distanceCodes[index]), 5)
        add(UInt64(distance - Self.distanceBases[index]), UInt64(max(0, index / 2 - 1)))
    }

    private mutating func add(_ value: UInt64, _ count: UInt64) {
        bits |= value << held
        held += count
        while held >= 8 {
            stream.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            held -= 8
        }
    }
}
