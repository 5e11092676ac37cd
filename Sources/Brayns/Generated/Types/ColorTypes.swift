// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// The parameters of `color-model`.
public struct ColorUpdate: Codable, Hashable, Sendable {
    /// The model.
    public var id: Int
    /// By what it is coloured: one of `get-color-methods`.
    public var method: ColorMethod
    /// Linear red, green, blue, alpha for each value of the method; at least one.
    public var values: [String: SIMD4<Double>]

    /// Takes every value.
    public init(id: Int, method: ColorMethod, values: [String: SIMD4<Double>]) {
        self.id = id
        self.method = method
        self.values = values
    }
}

/// The parameters of `get-color-values`.
public struct ColorValuesRequest: Codable, Hashable, Sendable {
    /// The model.
    public var id: Int
    /// One of `get-color-methods`.
    public var method: ColorMethod

    /// Takes every value.
    public init(id: Int, method: ColorMethod) {
        self.id = id
        self.method = method
    }
}

/// How numbers become colours: values of simulations and volumes.
public struct ColorRamp: Codable, Hashable, Sendable {
    /// The least and the greatest value.
    public var range: SIMD2<Double>?
    /// Linear red, green, blue, opacity at equal steps from the least value to the greatest; at most 256.
    public var colors: [SIMD4<Double>]?

    /// Takes every value; what is `nil` is left out of the message.
    public init(range: SIMD2<Double>? = nil, colors: [SIMD4<Double>]? = nil) {
        self.range = range
        self.colors = colors
    }
}

/// The parameters of `set-color-ramp`.
public struct ColorRampUpdate: Codable, Hashable, Sendable {
    /// The model.
    public var id: Int
    /// Its new ramp.
    public var colorRamp: ColorRamp

    /// Takes every value.
    public init(id: Int, colorRamp: ColorRamp) {
        self.id = id
        self.colorRamp = colorRamp
    }

    enum CodingKeys: String, CodingKey {
        case id
        case colorRamp = "color_ramp"
    }
}
