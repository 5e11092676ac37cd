// SPDX-License-Identifier: Apache-2.0

/// What a look at every pixel of a picture found.
///
/// Lanes x, y, z are red, green, blue (grey in all three), w is alpha (1 where there is none); samples are as stored,
/// integers divided by their largest value.
public struct PixelStatistics: Sendable, Hashable {
    /// Why a picture counts as blank.
    public enum Blank: String, Sendable, Hashable, Codable {
        /// It has no pixels.
        case empty
        /// Samples are not numbers, or infinite.
        case notNumbers
        /// Alpha is zero everywhere.
        case transparent
        /// Every pixel is the background that was named, or transparent.
        case background
        /// What is neither background nor transparent has one colour.
        case constant
    }

    /// Smallest sample of each channel.
    public var minimum: SIMD4<Float> = .zero
    /// Largest sample of each channel.
    public var maximum: SIMD4<Float> = .zero
    /// Mean of each channel.
    public var mean: SIMD4<Double> = .zero
    /// Mean alpha, 0…1; 1 for a picture without alpha.
    public var alphaCoverage: Double = 1
    /// Samples that are not numbers or infinite; they are left out of everything else.
    public var nanCount: Int = 0
    /// Pixels that are not transparent and differ from the background, if one was named, by more than 1/255 in a channel.
    public var foregroundCount: Int = 0
    /// Whether the straight colour of all those pixels is the same within 1/255.
    public var isConstant: Bool = true
    /// Why the picture shows nothing, `nil` when it shows something.
    public var blank: Blank?

    /// Whether the picture shows nothing.
    public var isBlank: Bool { blank != nil }

    public init() {}

    /// Those of a picture without pixels.
    package static let ofNothing: PixelStatistics = {
        var nothing = PixelStatistics()
        (nothing.alphaCoverage, nothing.blank) = (0, .empty)
        return nothing
    }()
}
