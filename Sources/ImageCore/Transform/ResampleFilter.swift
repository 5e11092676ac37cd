// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// The reconstruction filters of a resize.
public enum ResampleFilter: String, Sendable, Hashable, CaseIterable, Codable {
    /// The mean of the source pixels below a target pixel.
    case box
    /// A triangle of radius 1.
    case bilinear
    /// The cubic of Catmull and Rom (B = 0, C = 1/2), radius 2.
    case catmullRom = "catmull-rom"
    /// The cubic of Mitchell and Netravali (B = C = 1/3), radius 2.
    case mitchell
    /// A sinc windowed by a wider sinc, radius 3.
    case lanczos3

    /// Distance in target pixels beyond which the weight is 0.
    public var radius: Double {
        switch self {
        case .box: 0.5
        case .bilinear: 1
        case .catmullRom, .mitchell: 2
        case .lanczos3: 3
        }
    }

    /// The weight at a distance in target pixels.
    public func weight(at distance: Double) -> Double {
        let x = abs(distance)
        return switch self {
        // Half open, so that a sample between two pixels counts for one.
        case .box: distance > -0.5 && distance <= 0.5 ? 1 : 0
        case .bilinear: max(0, 1 - x)
        case .catmullRom: Self.cubic(x, b: 0, c: 0.5)
        case .mitchell: Self.cubic(x, b: 1 / 3, c: 1 / 3)
        case .lanczos3: x < 3 ? Self.sinc(x) * Self.sinc(x / 3) : 0
        }
    }

    /// The family of Mitchell and Netravali, 1988.
    private static func cubic(_ x: Double, b: Double, c: Double) -> Double {
        if x < 1 { return ((12 - 9 * b - 6 * c) * x * x * x + (-18 + 12 * b + 6 * c) * x * x + (6 - 2 * b)) / 6 }
        guard x < 2 else { return 0 }
        return ((-b - 6 * c) * x * x * x + (6 * b + 30 * c) * x * x + (-12 * b - 48 * c) * x + (8 * b + 24 * c)) / 6
    }

    private static func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(.pi * x) / (.pi * x) }
}

/// The space that samples are mixed in.
public enum ResampleSpace: String, Sendable, Hashable, CaseIterable, Codable {
    /// Proportional to light: what a smaller sensor would have seen.
    case linearLight = "linear"
    /// The stored sRGB values, as many programs do it.
    case gamma

    var transfer: PixelFormat.Transfer { self == .linearLight ? .linear : .sRGB }
}
