// SPDX-License-Identifier: Apache-2.0
import CShading

/// MurmurHash3 (Appleby) in each of sixteen lanes.
struct Murmur {
    private var state: SIMD16<UInt32>

    @inline(__always)
    init(seed: UInt32) { state = SIMD16(repeating: seed) }

    @inline(__always)
    mutating func add(_ word: SIMD16<UInt32>) {
        let k = Self.turn(word &* SIMD16(repeating: 0xcc9e_2d51), 15) &* SIMD16(repeating: 0x1b87_3593)
        state = Self.turn(lanes_xor(state, k), 13) &* SIMD16(repeating: 5) &+ SIMD16(repeating: 0xe654_6b64)
    }

    /// The hash of what was added; `length` is mixed in where a hash asks for it.
    @inline(__always)
    func finished(length: UInt32 = 0) -> SIMD16<UInt32> {
        var h = lanes_xor(state, SIMD16(repeating: length))
        h = lanes_xor(h, lanes_shift_right(h, 16)) &* SIMD16(repeating: 0x85eb_ca6b)
        h = lanes_xor(h, lanes_shift_right(h, 13)) &* SIMD16(repeating: 0xc2b2_ae35)
        return lanes_xor(h, lanes_shift_right(h, 16))
    }

    /// Bits turned round to the left.
    @inline(__always)
    private static func turn(_ a: SIMD16<UInt32>, _ n: UInt32) -> SIMD16<UInt32> {
        lanes_shift_left(a, n) &+ lanes_shift_right(a, 32 - n)
    }
}

/// A linear congruential generator (Knuth and Lewis) in each of sixteen lanes.
struct Congruential {
    private(set) var state: SIMD16<UInt32>

    @inline(__always)
    init(_ state: SIMD16<UInt32>) { self.state = state }

    /// The next number of each lane, 0…1.
    @inline(__always)
    mutating func next() -> Lanes {
        state = state &* SIMD16(repeating: 1_664_525) &+ SIMD16(repeating: 1_013_904_223)
        return lanes_unit_float(state)
    }

    @inline(__always)
    mutating func replace(with other: Congruential, where mask: Mask) {
        state = lanes_unsigned(lanes_select_int(mask, lanes_signed(other.state), lanes_signed(state)))
    }
}
