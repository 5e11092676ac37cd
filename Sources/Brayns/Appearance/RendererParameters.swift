// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The parameters of the interactive renderer; what is `nil` is left out of a request.
public struct InteractiveParameters: Codable, Hashable, Sendable {
    /// Samples per pixel of one frame, at least 1.
    public var samplesPerPixel: Int?
    /// Bounces after the first hit, at least 0.
    public var maxRayBounces: Int?
    /// Linear red, green, blue, alpha behind everything.
    public var backgroundColor: SIMD4<Double>?
    /// Whether lights cast shadows.
    public var enableShadows: Bool?
    /// Occlusion rays a sample, at least 0.
    public var ambientOcclusionSamples: Int?

    public init(
        samplesPerPixel: Int? = nil, maxRayBounces: Int? = nil, backgroundColor: SIMD4<Double>? = nil,
        enableShadows: Bool? = nil, ambientOcclusionSamples: Int? = nil
    ) {
        (self.samplesPerPixel, self.maxRayBounces) = (samplesPerPixel, maxRayBounces)
        (self.backgroundColor, self.enableShadows) = (backgroundColor, enableShadows)
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
    /// Samples per pixel of one frame, at least 1.
    public var samplesPerPixel: Int?
    /// Bounces after the first hit, at least 0.
    public var maxRayBounces: Int?
    /// Linear red, green, blue, alpha behind everything.
    public var backgroundColor: SIMD4<Double>?

    public init(
        samplesPerPixel: Int? = nil, maxRayBounces: Int? = nil, backgroundColor: SIMD4<Double>? = nil
    ) {
        (self.samplesPerPixel, self.maxRayBounces, self.backgroundColor) =
            (samplesPerPixel, maxRayBounces, backgroundColor)
    }

    enum CodingKeys: String, CodingKey {
        case samplesPerPixel = "samples_per_pixel"
        case maxRayBounces = "max_ray_bounces"
        case backgroundColor = "background_color"
    }
}

extension RendererSettings {
    /// The renderer's name in the protocol.
    public var braynsName: String { kind.rawValue }

    /// The renderer's parameters as `set-renderer-NAME` takes them.
    public var braynsParameters: JSONValue {
        var members: [String: JSONValue] = [
            "samples_per_pixel": .int(Int64(samplesPerPixel)),
            "max_ray_bounces": .int(Int64(maxRayBounces)),
            "background_color": .array((0..<4).map { .double(background[$0]) }),
        ]
        if kind == .interactive {
            members["enable_shadows"] = .bool(shadows)
            members["ao_samples"] = .int(Int64(ambientOcclusionSamples))
        }
        return .object(members)
    }
}
