// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// The parameters of the interactive renderer; what is `nil` is left out of a request.
public struct InteractiveParameters: Codable, Hashable, Sendable {
    /// Samples per pixel of one frame. At least 1.
    public var samplesPerPixel: Int?
    /// Bounces after the first hit.
    public var maxRayBounces: Int?
    /// Linear red, green, blue, alpha behind everything.
    public var backgroundColor: SIMD4<Double>?
    /// Whether lights cast shadows.
    public var enableShadows: Bool?
    /// Occlusion rays a sample.
    public var ambientOcclusionSamples: Int?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        samplesPerPixel: Int? = nil, maxRayBounces: Int? = nil, backgroundColor: SIMD4<Double>? = nil,
        enableShadows: Bool? = nil, ambientOcclusionSamples: Int? = nil
    ) {
        self.samplesPerPixel = samplesPerPixel
        self.maxRayBounces = maxRayBounces
        self.backgroundColor = backgroundColor
        self.enableShadows = enableShadows
        self.ambientOcclusionSamples = ambientOcclusionSamples
    }

    enum CodingKeys: String, CodingKey {
        case samplesPerPixel = "samples_per_pixel"
        case maxRayBounces = "max_ray_bounces"
        case backgroundColor = "background_color"
        case enableShadows = "enable_shadows"
        case ambientOcclusionSamples = "ao_samples"
    }
}

/// The parameters of the path tracing renderer; what is `nil` is left out of a request.
public struct ProductionParameters: Codable, Hashable, Sendable {
    /// Samples per pixel of one frame. At least 1.
    public var samplesPerPixel: Int?
    /// Bounces after the first hit.
    public var maxRayBounces: Int?
    /// Linear red, green, blue, alpha behind everything.
    public var backgroundColor: SIMD4<Double>?

    /// Takes every value; what is `nil` is left out of the message.
    public init(samplesPerPixel: Int? = nil, maxRayBounces: Int? = nil, backgroundColor: SIMD4<Double>? = nil) {
        self.samplesPerPixel = samplesPerPixel
        self.maxRayBounces = maxRayBounces
        self.backgroundColor = backgroundColor
    }

    enum CodingKeys: String, CodingKey {
        case samplesPerPixel = "samples_per_pixel"
        case maxRayBounces = "max_ray_bounces"
        case backgroundColor = "background_color"
    }
}
