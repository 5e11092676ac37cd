// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// The tone curves, on single values of linear light; negative light counts as none.
public enum ToneMapping {
    static let contrast = 1.1759
    static let shoulder = 0.9746
    static let middle = 0.18
    static let white = 6.3704

    /// The two free constants of Brayns' curve, so that `middle` stays and `white` becomes 1.
    static let constants: (b: Double, c: Double) = {
        let (a, d) = (contrast, shoulder)
        let (mid, top) = (pow(middle, a), pow(white, a))
        let (midD, topD) = (pow(mid, d), pow(top, d))
        // middle = mid / (midD b + c) and 1 = top / (topD b + c)
        let b = (mid / middle - top) / (midD - topD)
        return (b, top - topD * b)
    }()

    /// Brayns' tone curve, x^a / (x^(a d) b + c).
    public static func brayns(_ light: Float) -> Float {
        guard light > 0 else { return 0 }
        let x = pow(Double(light), contrast)
        return Float(x / (pow(x, shoulder) * constants.b + constants.c))
    }

    /// The light that `brayns` maps to a value; values at or above what the curve reaches give the largest light.
    public static func inverseBrayns(_ value: Float) -> Float { 0 }

    /// Narkowicz' rational fit to the ACES film curve, 0…1.
    public static func filmic(_ light: Float) -> Float {
        let x = max(light, 0)
        return min(1, x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14))
    }

    /// Reinhard's curve x / (1 + x).
    public static func reinhard(_ light: Float) -> Float { light > 0 ? light / (1 + light) : 0 }
}
