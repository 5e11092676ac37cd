// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Models
import Scene

/// Geometry with its bounding volume hierarchy: built once, shared by instances, immutable.
public final class GeometryAsset: Sendable {
    /// Turns an encoded texture into pixels.
    public typealias TextureDecoder = (Texture) throws -> PixelBuffer

    /// The box around everything, in the asset's coordinates; empty when there is nothing to draw.
    public let bounds: Bounds
    /// Triangles of all mesh instances of the model.
    public let triangleCount: Int
    /// Sentences about what was left out: textures that do not decode, degenerate parts.
    public let warnings: [String]

    /// Builds the hierarchy of a model.
    ///
    /// - Parameters:
    ///   - decodeTexture: called once for each texture in use. Where it throws, the texture is left out and a
    ///     warning says so.
    ///   - threads: for the build; all cores when `nil`.
    public init(_ model: Model, threads: Int? = nil, decodeTexture: TextureDecoder? = nil) throws(RaytracerError) {
        throw RaytracerError(.unsupported, "not there yet")
    }
}
