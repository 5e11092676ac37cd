// SPDX-License-Identifier: Apache-2.0

/// The Halton sequence: digits of a number mirrored at the point, in prime bases, with Faure's permutation of the
/// digits where a base is large enough to need one (Faure 1992).
enum Halton {
    static func base2(_ index: UInt32) -> Double { mirrored(index, [0, 1]) }
    static func base3(_ index: UInt32) -> Double { mirrored(index, [0, 1, 2]) }
    static func base5(_ index: UInt32) -> Double { mirrored(index, [0, 3, 2, 1, 4]) }
    static func base7(_ index: UInt32) -> Double { mirrored(index, [0, 2, 5, 3, 1, 4, 6]) }

    /// - Parameter digits: what stands for each digit; its count is the base, and 0 stands for 0.
    private static func mirrored(_ index: UInt32, _ digits: [UInt32]) -> Double {
        let base = UInt32(digits.count)
        var rest = index
        var value = 0.0
        var unit = 1.0
        while rest > 0 {
            unit /= Double(base)
            value += Double(digits[Int(rest % base)]) * unit
            rest /= base
        }
        return value
    }
}
