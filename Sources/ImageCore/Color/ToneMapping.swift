// SPDX-License-Identifier: Apache-2.0
import CVector

#if canImport(Glibc)
    import Glibc
#endif

/// The tone curves, on single values of linear light; negative light counts as none.
///
/// Each has a twin over vectors among the kernels, which agrees within 1e-5 of the value.
public enum ToneMapping {
    /// The curve of OSPRay's tone mapper with ACES colour off, as Brayns uses it: x^a / (x^(a d) b + c) with 0.18 → 0.18
    /// and 6.3704 → 1. Light beyond that goes on rising slowly.
    public static func brayns(_ light: Float) -> Float {
        guard light > 0 else { return 0 }
        return Float(exactBrayns(Double(light)))
    }

    /// The stored value 0…1 that Brayns gives light: its tone curve raised to 1 / 2.2 (not sRGB's curve). Times 255 and
    /// rounded it is what a Brayns picture holds.
    public static func braynsEncoded(_ light: Float) -> Float {
        guard light > 0 else { return 0 }
        return Float(pow(exactBrayns(Double(light)), 1 / 2.2))
    }

    static func exactBrayns(_ light: Double) -> Double {
        let x = pow(light, 1.1759)
        return x / (pow(x, 0.9746) * Double(vec_brayns_b) + Double(vec_brayns_c))
    }

    /// The light that `brayns` maps to a value, 0…2^60; found by bisection, exact to the last bits of a float.
    public static func inverseBrayns(_ value: Float) -> Float {
        guard value > 0 else { return 0 }
        // The curve is monotonous; the search runs over exponents, so that its error is relative.
        var (low, high) = (-60.0, 60.0)
        for _ in 0..<64 {
            let middle = (low + high) / 2
            if exactBrayns(exp2(middle)) < Double(value) { low = middle } else { high = middle }
        }
        return Float(exp2((low + high) / 2))
    }

    /// The light behind a value that Brayns stored, 0…1: undoes `braynsEncoded`.
    public static func inverseBraynsEncoded(_ value: Float) -> Float {
        value > 0 ? inverseBrayns(Float(pow(Double(value), 2.2))) : 0
    }

    /// Narkowicz' rational fit to the ACES film curve, 0…1.
    public static func filmic(_ light: Float) -> Float {
        let x = max(light, 0)
        return min(1, x * (x * 2.51 + 0.03) / (x * (x * 2.43 + 0.59) + 0.14))
    }

    /// Reinhard's curve x / (1 + x).
    public static func reinhard(_ light: Float) -> Float { light > 0 ? light / (light + 1) : 0 }
}
