// SPDX-License-Identifier: Apache-2.0
import ImageCore

#if canImport(Glibc)
    import Glibc
#endif

/// From light to Brayns' 8 bits: its tone curve, then the power 1/2.2, rounded.
///
/// (Measured on its pictures; not the sRGB curve, which parts from the power in the dark.) The map only rises, so it is
/// known by the 255 numbers at which it takes a step. A table over the leading bits of a float gives a first guess.
struct BraynsEncoding: Sendable {
    /// `steps[v]` is the smallest light that encodes to `v` or more; `steps[256]` is never reached.
    private let steps: [Float]
    private let guesses: [UInt8]

    /// Leading bits of a float that choose the guess: sign, exponent and eight bits of the fraction.
    private static let shift: UInt32 = 15
    private static let darkest = Float(0x1p-24).bitPattern >> shift
    private static let brightest = Float(16).bitPattern >> shift

    static let shared = BraynsEncoding()

    init() {
        var steps: [Float] = [0]
        for value in 1...255 { steps.append(Self.leastLight(Float(value) - 0.5)) }
        steps.append(.infinity)
        self.steps = steps
        var guesses: [UInt8] = []
        var value = 0
        for key in Self.darkest...Self.brightest {
            let low = Float(bitPattern: key << Self.shift)
            while value < 255, steps[value + 1] <= low { value += 1 }
            guesses.append(UInt8(value))
        }
        self.guesses = guesses
    }

    /// The light whose encoding is a number of 255ths, by halving over the bits of a float.
    private static func leastLight(_ target: Float) -> Float {
        var (low, high) = (Float(0).bitPattern, Float(64).bitPattern)
        while low + 1 < high {
            let middle = (low + high) / 2
            let encoded = pow(ToneMapping.brayns(Float(bitPattern: middle)), 1 / 2.2) * 255
            if encoded >= target { high = middle } else { low = middle }
        }
        return Float(bitPattern: high)
    }

    /// The 8-bit value of light; what is not a number is black.
    @inline(__always)
    func encode(_ light: Float) -> UInt8 {
        guard light > 0 else { return 0 }
        let key = min(max(light.bitPattern >> Self.shift, Self.darkest), Self.brightest)
        var value = Int(guesses[Int(key - Self.darkest)])
        while steps[value + 1] <= light { value += 1 }
        return UInt8(truncatingIfNeeded: value)
    }
}
