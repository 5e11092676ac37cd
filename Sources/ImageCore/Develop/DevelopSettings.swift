// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// The curve from scene light to display light.
public enum ToneMap: String, Sendable, Hashable, CaseIterable, Codable {
    /// No curve: light above 1 is clipped when the picture is stored in integers.
    case none
    /// The curve and encoding of Brayns' renderer: an 8-bit sRGB result holds the very codes that Brayns gives the light.
    case brayns
    /// A film-like shoulder and toe: Narkowicz' fit to ACES.
    case filmic
    /// Reinhard's x / (1 + x).
    case reinhard

    /// The curve's number in the kernel table.
    package var curve: Int32 {
        switch self {
        case .none: 0
        case .brayns: 1
        case .filmic: 2
        case .reinhard: 3
        }
    }
}

/// How linear light becomes a finished picture.
public struct DevelopSettings: Sendable, Hashable {
    /// Stops: light is multiplied by two to this power.
    public var exposure: Float
    /// The curve applied after the exposure.
    public var toneMap: ToneMap

    public init(exposure: Float = 0, toneMap: ToneMap = .none) {
        (self.exposure, self.toneMap) = (exposure, toneMap)
    }

    /// Whether nothing would change.
    public var isNeutral: Bool { exposure == 0 && toneMap == .none }

    package var factor: Float { exp2(exposure) }
}
