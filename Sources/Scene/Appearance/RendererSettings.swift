// SPDX-License-Identifier: Apache-2.0

/// Which of Brayns' two renderers draws, and how.
public struct RendererSettings: Hashable, Sendable {
    /// The renderers of Brayns.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Direct light, shadows and ambient occlusion.
        case interactive
        /// Path tracing.
        case production
    }

    /// Which renderer.
    public var kind: Kind
    /// Samples per pixel of one frame, at least 1.
    public var samplesPerPixel: Int
    /// Bounces after the first hit.
    public var maxRayBounces: Int
    /// Occlusion rays a sample; interactive only.
    public var ambientOcclusionSamples: Int
    /// Whether lights cast shadows; interactive only.
    public var shadows: Bool
    /// Linear red, green, blue and alpha behind everything.
    public var background: SIMD4<Double>

    /// Brayns' defaults.
    public init(
        kind: Kind = .interactive, samplesPerPixel: Int = 1, maxRayBounces: Int? = nil,
        ambientOcclusionSamples: Int = 0, shadows: Bool = true,
        background: SIMD4<Double> = SIMD4(0.004, 0.016, 0.102, 0)
    ) {
        self.kind = kind
        self.samplesPerPixel = samplesPerPixel
        self.maxRayBounces = maxRayBounces ?? (kind == .interactive ? 3 : 7)
        self.ambientOcclusionSamples = ambientOcclusionSamples
        self.shadows = shadows
        self.background = background
    }
}
