// SPDX-License-Identifier: Apache-2.0

/// What a look at every pixel of a picture found.
public struct PixelStatistics: Sendable, Hashable {
    /// Why a picture counts as blank.
    public enum Blank: String, Sendable, Hashable, Codable {
        /// It has no pixels.
        case empty
        /// Alpha is zero everywhere.
        case transparent
        /// Every pixel is the background that was named.
        case background
        /// Every pixel outside the background has the same colour, or all pixels have.
        case constant
        /// Samples are not numbers, or infinite.
        case notNumbers
    }

    /// Smallest sample of each channel as stored, integers divided by their largest value; unused channels are 0.
    public var minimum: SIMD4<Float> = .zero
    /// Largest sample of each channel, in the units of `minimum`.
    public var maximum: SIMD4<Float> = .zero
    /// Mean of each channel, in the units of `minimum`.
    public var mean: SIMD4<Double> = .zero
    /// Mean alpha, 0…1; 1 for a picture without alpha.
    public var alphaCoverage: Double = 1
    /// Samples that are not numbers or infinite.
    public var nanCount: Int = 0
    /// Pixels that differ from the background by more than 1/255 in a channel; all pixels when none was named.
    public var foregroundCount: Int = 0
    /// Whether all pixels outside the background are equal.
    public var isConstant: Bool = true
    /// Why the picture shows nothing, `nil` when it shows something.
    public var blank: Blank?

    /// Whether the picture shows nothing.
    public var isBlank: Bool { blank != nil }

    public init() {}
}
