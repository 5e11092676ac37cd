// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// The transfer functions of IEC 61966-2-1.
public enum SRGB {
    /// Light of an encoded value; negative values count as 0, those above 1 follow the curve on.
    public static func linear(_ encoded: Double) -> Double {
        if encoded <= 0.04045 { return max(encoded, 0) / 12.92 }
        return pow((encoded + 0.055) / 1.055, 2.4)
    }

    /// Encoded value of light; negative light counts as 0, light above 1 follows the curve on.
    public static func encoded(_ linear: Double) -> Double {
        if linear <= 0.0031308 { return max(linear, 0) * 12.92 }
        return 1.055 * pow(linear, 1 / 2.4) - 0.055
    }

    /// Light of an encoded value.
    public static func linear(_ encoded: Float) -> Float { Float(linear(Double(encoded))) }

    /// Encoded value of light.
    public static func encoded(_ linear: Float) -> Float { Float(encoded(Double(linear))) }
}
