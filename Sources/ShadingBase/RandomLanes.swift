// SPDX-License-Identifier: Apache-2.0
import CShading

/// A row of random numbers for each of sixteen samples: a counter, hashed (Wellons' lowbias32).
///
/// The row depends on the pixel and the sample's number alone.
struct RandomLanes {
    private var counter: SIMD16<UInt32>

    @inline(__always)
    init(_ pixels: PixelBlock, sample: Int) {
        let number = SIMD16<UInt32>(repeating: UInt32(truncatingIfNeeded: sample) &* 0x9e37_79b9)
        let x = lanes_unsigned(pixels.column)
        let y = lanes_unsigned(pixels.row)
        counter = Self.hash(x &+ Self.hash(y &+ Self.hash(number &+ SIMD16(repeating: 0x68bc_21eb))))
    }

    @inline(__always)
    private static func hash(_ value: SIMD16<UInt32>) -> SIMD16<UInt32> {
        var h = lanes_xor(value, lanes_shift_right(value, 16))
        h = h &* SIMD16(repeating: 0x7feb_352d)
        h = lanes_xor(h, lanes_shift_right(h, 15))
        h = h &* SIMD16(repeating: 0x846c_a68b)
        return lanes_xor(h, lanes_shift_right(h, 16))
    }

    /// The next number of each row, 0 to below 1.
    @inline(__always)
    mutating func next() -> Lanes {
        counter = counter &+ SIMD16(repeating: 0x9e37_79b9)
        return lanes_nonnegative_int_to_float(lanes_shift_right(Self.hash(counter), 8)) * 0x1p-24
    }
}
