// SPDX-License-Identifier: Apache-2.0

/// How numbers become colours: values of simulations and volumes.
public struct ColorRamp: Codable, Hashable, Sendable {
    /// The least and the greatest value.
    public var range: SIMD2<Double>?
    /// Linear red, green, blue, opacity at equal steps from the least value to the greatest.
    public var colors: [SIMD4<Double>]?

    public init(range: SIMD2<Double>? = nil, colors: [SIMD4<Double>]? = nil) {
        (self.range, self.colors) = (range, colors)
    }
}

/// The part of a model that `color-model` colours; open, since each kind of model has its own.
public struct ColorMethod: RawRepresentable, Codable, Hashable, Sendable, ExpressibleByStringLiteral {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    /// The whole model in one colour; its one value is `color`.
    public static let solid: ColorMethod = "solid"
    /// Each primitive by itself.
    public static let primitive: ColorMethod = "primitive"
    /// Each triangle by itself.
    public static let triangle: ColorMethod = "triangle"
    /// Each corner by itself.
    public static let vertex: ColorMethod = "vertex"
}
