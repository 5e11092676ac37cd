// SPDX-License-Identifier: Apache-2.0

/// A channel of `export-gbuffers` and of the float plane extension.
public enum BufferChannel: String, Codable, Hashable, Sendable, CaseIterable {
    /// Linear red, green, blue and alpha.
    case color
    /// Distance from the eye, in scene units.
    case depth
    /// Surface colour, without light.
    case albedo
    /// Surface direction in scene coordinates.
    case normal
    /// How far linear red, green and blue are likely to be off, squared: the variance of the mean of the pixel's
    /// samples, infinite where there is but one. Only the float plane extension has it.
    case variance
    /// What `albedo` holds, over more samples where the colour's own differ from pixel to pixel. Only the float plane
    /// extension has it.
    case fineAlbedo = "fine_albedo"
    /// What `normal` holds, over the samples of `fineAlbedo`.
    case fineNormal = "fine_normal"

    /// What a real Brayns exports.
    public static let exported: [BufferChannel] = [.color, .depth, .albedo, .normal]
}
