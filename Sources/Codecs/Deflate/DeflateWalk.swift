// SPDX-License-Identifier: Apache-2.0

/// A walk over the symbols of a deflate stream that unfolds nothing: it finds where the last block begins and ends.
///
/// libdeflate marks the last block of whatever it packs as the stream's last. A stream made of several such pieces has
/// to take that mark back, and only a walk over all symbols tells where it stands (RFC 1951).
struct DeflateWalk {
    /// Bit positions in a stream, lowest bit of the first byte first.
    struct Block: Equatable {
        /// Where BFINAL of the last block stands.
        var finalBit: Int
        /// The bit behind its end.
        var endBit: Int
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var literals = Table()
    private var distances = Table()

    /// The last block of a well-formed stream, `nil` when the stream is not.
    static func lastBlock(of stream: [UInt8]) -> Block? {
        // Words are read whole, a little behind the end.
        let padded = stream + [UInt8](repeating: 0, count: 16)
        return padded.withUnsafeBufferPointer { padded in
            var walk = DeflateWalk(bytes: padded)
            return walk.run(limit: 8 * stream.count)
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func run(limit: Int) -> Block? {
        while position + 3 <= limit {
            let start = position
            let header = take(3)
            let isWhole =
                switch header >> 1 {
                case 0: skipStored()
                case 1: useFixedCodes() && skipSymbols(limit)
                case 2: readCodes(limit) && skipSymbols(limit)
                default: false
                }
            guard isWhole, position <= limit else { return nil }
            if header & 1 == 1 { return Block(finalBit: start, endBit: position) }
        }
        return nil
    }

    /// At least 57 bits from the position on.
    private var window: UInt64 {
        UnsafeRawPointer(bytes.baseAddress! + position >> 3).loadUnaligned(as: UInt64.self).littleEndian
            &>> UInt64(position & 7)
    }

    private mutating func take(_ count: Int) -> Int {
        defer { position += count }
        return Int(window & (1 << UInt64(count) - 1))
    }

    private mutating func skipStored() -> Bool {
        position = (position + 7) & ~7
        guard position / 8 + 4 <= bytes.count - 16 else { return false }
        position += 32 + 8 * Int(window & 0xFFFF)
        return true
    }

    private mutating func useFixedCodes() -> Bool {
        let lengths = (0..<288).map { (symbol: Int) -> UInt8 in
            symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8
        }
        return literals.fill(lengths, extraBits: Self.lengthExtraBits)
            && distances.fill([UInt8](repeating: 5, count: 30), extraBits: Self.distanceExtraBits)
    }

    private mutating func readCodes(_ limit: Int) -> Bool {
        let (literalCount, distanceCount, lengthCount) = (take(5) + 257, take(5) + 1, take(4) + 4)
        var lengths = [UInt8](repeating: 0, count: 19)
        for symbol in DeflateCode.lengthOrder.prefix(lengthCount) { lengths[symbol] = UInt8(take(3)) }
        var table = Table()
        guard literalCount <= 286, table.fill(lengths, extraBits: { _ in 0 }) else { return false }
        var all: [UInt8] = []
        while all.count < literalCount + distanceCount {
            guard let symbol = table.symbol(window), position < limit else { return false }
            position += symbol.bits
            switch symbol.value {
            case 16:
                guard let last = all.last else { return false }
                all += [UInt8](repeating: last, count: 3 + take(2))
            case 17: all += [UInt8](repeating: 0, count: 3 + take(3))
            case 18: all += [UInt8](repeating: 0, count: 11 + take(7))
            default: all.append(UInt8(symbol.value))
            }
        }
        guard all.count == literalCount + distanceCount else { return false }
        return literals.fill(Array(all.prefix(literalCount)), extraBits: Self.lengthExtraBits)
            && distances.fill(Array(all.dropFirst(literalCount)), extraBits: Self.distanceExtraBits)
    }

    /// Walks to the end of the block.
    private mutating func skipSymbols(_ limit: Int) -> Bool {
        var position = self.position
        defer { self.position = position }
        guard let base = bytes.baseAddress else { return false }
        let (literalMask, distanceMask) = (literals.mask, distances.mask)
        return literals.entries.withUnsafeBufferPointer { literals in
            distances.entries.withUnsafeBufferPointer { distances in
                while position < limit {
                    let word = UnsafeRawPointer(base + position >> 3).loadUnaligned(as: UInt64.self).littleEndian
                    var window = word &>> UInt64(position & 7)
                    var entry = literals[Int(window & literalMask)]
                    // Three literals at most 45 bits, then what a match needs is read afresh.
                    for _ in 0..<3 where entry & Table.isLiteral != 0 {
                        let bits = UInt64(entry & 0xFF)
                        position += Int(bits)
                        window &>>= bits
                        entry = literals[Int(window & literalMask)]
                    }
                    if entry & Table.isLiteral != 0 { continue }
                    guard entry & 0xFF != 0 else { return false }
                    position += Int(entry & 0xFF)
                    if entry & Table.isEnd != 0 { return true }
                    let rest =
                        UnsafeRawPointer(base + position >> 3).loadUnaligned(as: UInt64.self).littleEndian
                        &>> UInt64(position & 7)
                    let distance = distances[Int(rest & distanceMask)]
                    guard distance & 0xFF != 0 else { return false }
                    position += Int(distance & 0xFF)
                }
                return false
            }
        }
    }

    private static func lengthExtraBits(_ symbol: Int) -> Int {
        symbol < 257 ? 0 : symbol < 286 ? LengthCode.extraBits[symbol - 257] : 0
    }

    private static func distanceExtraBits(_ symbol: Int) -> Int { symbol < 4 ? 0 : symbol / 2 - 1 }
}

extension DeflateWalk {
    /// Codes by the next bits of the stream, as many as the longest code has.
    struct Table {
        static let isLiteral: UInt32 = 1 << 31
        static let isEnd: UInt32 = 1 << 30

        /// Bits to pass over, extra bits included, in the low 8; the symbol from bit 8 on; flags. 0 where no code is.
        private(set) var entries = [UInt32](repeating: 0, count: 1 << 15)
        private(set) var mask: UInt64 = 0

        /// False when more codes are named than there is room for.
        mutating func fill(_ lengths: [UInt8], extraBits: (Int) -> Int) -> Bool {
            let room = lengths.reduce(0) { $0 + ($1 > 0 ? 1 << (15 - Int($1)) : 0) }
            guard room <= 1 << 15 else { return false }
            let codes = HuffmanCode(lengths: lengths).codes
            let size = 1 << Int(lengths.max() ?? 0)
            mask = UInt64(size - 1)
            for index in 0..<size { entries[index] = 0 }
            for (symbol, length) in lengths.enumerated() where length > 0 {
                var entry = UInt32(Int(length) + extraBits(symbol)) | UInt32(symbol) << 8
                if symbol < 256 { entry |= Self.isLiteral }
                if symbol == 256 { entry |= Self.isEnd }
                for index in stride(from: Int(codes[symbol]), to: size, by: 1 << Int(length)) {
                    entries[index] = entry
                }
            }
            return true
        }

        /// The symbol that the window begins with.
        func symbol(_ window: UInt64) -> (value: Int, bits: Int)? {
            let entry = entries[Int(window & mask)]
            return entry == 0 ? nil : (Int(entry >> 8 & 0x3FFF), Int(entry & 0xFF))
        }
    }
}
