// SPDX-License-Identifier: Apache-2.0
import CShading

/// Two numbers 0…1 for each pixel, by eight rounds of the Tiny Encryption Algorithm over its coordinates (Wheeler and
/// Needham 1994; as a random number generator Zafar, Olano and Curtis 2010).
@inline(__always)
func pixelRandom(_ x: SIMD16<UInt32>, _ y: SIMD16<UInt32>) -> (Lanes, Lanes) {
    var (v0, v1) = (x, y)
    var sum: UInt32 = 0
    for _ in 0..<8 {
        sum = sum &+ 0x9e37_79b9
        let s = SIMD16<UInt32>(repeating: sum)
        v0 = v0 &+ mixed(v1, s, 0xa341_316c, 0xc801_3ea4)
        v1 = v1 &+ mixed(v0, s, 0xad90_777d, 0x7e95_761e)
    }
    return (lanes_unit_float(v0), lanes_unit_float(v1))
}

@inline(__always)
private func mixed(
    _ v: SIMD16<UInt32>, _ sum: SIMD16<UInt32>, _ left: UInt32, _ right: UInt32
) -> SIMD16<UInt32> {
    let a = lanes_shift_left(v, 4) &+ SIMD16(repeating: left)
    let b = v &+ sum
    let c = lanes_shift_right(v, 5) &+ SIMD16(repeating: right)
    return lanes_xor(lanes_xor(a, b), c)
}
