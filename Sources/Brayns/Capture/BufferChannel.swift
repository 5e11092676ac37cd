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
}

/// The parameters of `export-gbuffers` and of `render-planes`: those of a snapshot with channels instead of a format.
public struct BufferRequest: Encodable, Hashable, Sendable {
    public var channels: [BufferChannel]
    /// At least 64 by 64 for `export-gbuffers`: less ends a real server.
    public var resolution: PixelSize?
    /// Camera, view, near clip, region, renderer, simulation frame and file path; its image settings and metadata
    /// have no place here and are left out.
    public var scene: SnapshotRequest

    public init(channels: [BufferChannel], resolution: PixelSize?, scene: SnapshotRequest = SnapshotRequest()) {
        (self.channels, self.resolution, self.scene) = (channels, resolution, scene)
    }

    enum CodingKeys: String, CodingKey {
        case channels, resolution
    }

    public func encode(to encoder: any Encoder) throws {
        var scene = scene
        (scene.imageSettings, scene.metadata) = (nil, nil)
        try scene.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(channels, forKey: .channels)
        try container.encodeIfPresent(resolution, forKey: .resolution)
    }
}
