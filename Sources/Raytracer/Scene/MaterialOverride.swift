// SPDX-License-Identifier: Apache-2.0

/// One of Brayns' nine materials, put over everything that an instance shows.
///
/// The `interactive` renderer draws only what its model of light knows: diffuse and specular colour, exponent
/// and opacity; what a material has beyond that is for `production`.
public enum MaterialOverride: Hashable, Sendable {
    /// Diffuse with a highlight; opacity 0…1.
    case phong(opacity: Double = 1)
    /// Diffuse only; opacity 0…1.
    case matte(opacity: Double = 1)
    /// A coated diffuse surface; opacity 0…1.
    case plastic(opacity: Double = 1)
    /// A metal; roughness 0.01…1.
    case metal(roughness: Double = 1)
    /// Clear glass; index of refraction.
    case glass(indexOfRefraction: Double = 1.5)
    /// A shining surface; linear colour and factor.
    case emissive(color: SIMD3<Double> = SIMD3(repeating: 1), intensity: Double = 1)
    /// Car paint; density of flakes 0…1.
    case carpaint(flakeDensity: Double = 0)
    /// The many-sided material of OSPRay.
    case principled(PrincipledParameters = PrincipledParameters())
    /// Transparent where it is seen head-on, opaque at grazing angles.
    case ghost
}

/// What `MaterialOverride.principled` takes, with Brayns' defaults.
public struct PrincipledParameters: Hashable, Sendable {
    public var edgeColor = SIMD3<Double>(repeating: 1)
    public var metallic = 0.0
    public var diffuse = 1.0
    public var specular = 1.0
    public var ior = 1.0
    public var transmission = 0.0
    public var transmissionColor = SIMD3<Double>(repeating: 1)
    public var transmissionDepth = 1.0
    public var roughness = 0.0
    public var anisotropy = 0.0
    public var anisotropyRotation = 0.0
    public var thin = false
    public var thickness = 1.0
    public var backLight = 0.0
    public var coat = 0.0
    public var coatIor = 1.5
    public var coatColor = SIMD3<Double>(repeating: 1)
    public var coatThickness = 1.0
    public var coatRoughness = 0.0
    public var sheen = 0.0
    public var sheenColor = SIMD3<Double>(repeating: 1)
    public var sheenTint = 0.0
    public var sheenRoughness = 0.2

    public init() {}
}
