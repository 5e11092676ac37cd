// SPDX-License-Identifier: Apache-2.0
import Foundation

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    /// A number with the normal distribution of this width around 0 (Box and Muller, 1958).
    mutating func normal(_ width: Double) -> Double {
        let (first, second) = (Double(next() >> 11) + 1, Double(next() >> 11))
        let scale = 1 / 9_007_199_254_740_992.0
        return width * (-2 * log(first * scale)).squareRoot() * cos(2 * .pi * second * scale)
    }
}
