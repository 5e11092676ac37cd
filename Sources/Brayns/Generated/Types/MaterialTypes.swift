// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import Scene

/// Car paint; production renderer only.
public struct CarPaintMaterial: Codable, Hashable, Sendable {
    /// How much of it is metal flakes. From 0 to 1.
    public var flakeDensity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(flakeDensity: Double? = nil) {
        self.flakeDensity = flakeDensity
    }

    enum CodingKeys: String, CodingKey {
        case flakeDensity = "flake_density"
    }
}

/// Shines by itself; production renderer only.
public struct EmissiveMaterial: Codable, Hashable, Sendable {
    /// Linear red, green, blue of the light.
    public var color: Vector3?
    /// Brightness of the light. At least 0.
    public var intensity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(color: Vector3? = nil, intensity: Double? = nil) {
        self.color = color
        self.intensity = intensity
    }
}

/// See-through but for its outline; interactive renderer only.
public struct GhostMaterial: Codable, Hashable, Sendable {
    /// There is nothing to say.
    public init() {}
}

/// Clear glass; production renderer only.
public struct GlassMaterial: Codable, Hashable, Sendable {
    /// Index of refraction: 1.5 for window glass.
    public var indexOfRefraction: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(indexOfRefraction: Double? = nil) {
        self.indexOfRefraction = indexOfRefraction
    }

    enum CodingKeys: String, CodingKey {
        case indexOfRefraction = "index_of_refraction"
    }
}

/// Diffuse only; production renderer only.
public struct MatteMaterial: Codable, Hashable, Sendable {
    /// 0 is not there, 1 lets nothing through. From 0 to 1.
    public var opacity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(opacity: Double? = nil) {
        self.opacity = opacity
    }
}

/// Bare metal; production renderer only.
public struct MetalMaterial: Codable, Hashable, Sendable {
    /// How far highlights spread. From 0.01 to 1.
    public var roughness: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(roughness: Double? = nil) {
        self.roughness = roughness
    }
}

/// Diffuse with a highlight; the material of a model that was given none.
public struct PhongMaterial: Codable, Hashable, Sendable {
    /// 0 is not there, 1 lets nothing through. From 0 to 1.
    public var opacity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(opacity: Double? = nil) {
        self.opacity = opacity
    }
}

/// Glossy plastic; production renderer only.
public struct PlasticMaterial: Codable, Hashable, Sendable {
    /// 0 is not there, 1 lets nothing through. From 0 to 1.
    public var opacity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(opacity: Double? = nil) {
        self.opacity = opacity
    }
}
