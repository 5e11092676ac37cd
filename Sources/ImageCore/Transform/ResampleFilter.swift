// SPDX-License-Identifier: Apache-2.0

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
}

/// The space that samples are mixed in.
public enum ResampleSpace: String, Sendable, Hashable, CaseIterable, Codable {
    /// Proportional to light: what a smaller sensor would have seen.
    case linearLight = "linear"
    /// The stored sRGB values, as many programs do it.
    case gamma
}
