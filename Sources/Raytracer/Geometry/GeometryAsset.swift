// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Models
import Scene

/// Geometry with its bounding volume hierarchy, and volumes: built once, shared by instances, immutable.
///
/// ```swift
/// let asset = try GeometryAsset(model) { texture in try ImageDecoder.decode(texture.bytes) }
/// let scene = try RenderScene(instances: [RenderInstance(asset: asset)], lights: [.ambient()])
/// ```
public final class GeometryAsset: Sendable {
    /// Turns an encoded texture into pixels: 8 or 16 bit straight sRGB.
    public typealias TextureDecoder = (Texture) throws -> PixelBuffer

    /// The box around everything that ends, in the asset's coordinates; empty when there is nothing to draw.
    public let bounds: Bounds
    /// Triangles of all mesh instances of the model.
    public let triangleCount: Int
    /// Spheres, capsules, boxes and planes of the model.
    public let shapeCount: Int
    /// Sentences about what was left out: textures that do not decode, indices that point nowhere.
    public let warnings: [String]

    let parts: [AssetPart]
    let materials: [SurfaceMaterial]
    let textures: TextureStore
    let volumes: [VolumeSamples]

    /// Builds the hierarchy of a model.
    ///
    /// Meshes that occur once are brought to the model's coordinates and share one hierarchy with its shapes; a mesh
    /// that occurs more often has one of its own, which is instanced. Triangles with corners that are not finite
    /// are never hit.
    ///
    /// - Parameters:
    ///   - threads: size of Embree's pool, all cores when `nil`. The process's first asset decides for all.
    ///   - samples: how many samples will be drawn of it, all pictures together, when that is known: where they are few
    ///     against its triangles, the hierarchy is built in a quarter of the time and traced a fifth slower. What is
    ///     seen is the same.
    ///   - decodeTexture: called once for each texture in use. Where it throws, the texture is left out and a
    ///     warning says so.
    public init(_ model: Model, threads: Int? = nil, samples: Int? = nil, decodeTexture: TextureDecoder? = nil)
        throws(RaytracerError)
    {
        EmbreeDevice.wish(threads: threads)
        textures = TextureStore(model, decode: decodeTexture)
        materials = model.materials
        let shapes = model.primitives
        shapeCount = shapes.spheres.count + shapes.capsules.count + shapes.boxes.count + shapes.planes.count
        var builder = AssetBuilder(model, threads: threads, samples: samples)
        parts = try builder.build()
        volumes = model.volumes.compactMap(VolumeSamples.init)
        let flat = model.volumes.count - volumes.count
        let lost = flat > 0 ? ["\(flat) of \(model.volumes.count) volumes have no size and are left out."] : []
        warnings = textures.warnings + builder.warnings + lost
        triangleCount = parts.reduce(0) { $0 + $1.triangleCount * $1.transforms.count }
        bounds = parts.reduce(into: Bounds.empty) { sum, part in
            for transform in part.transforms { sum.formUnion(part.bounds.transformed(by: transform)) }
        }
        .union(volumes.reduce(into: Bounds.empty) { $0.formUnion($1.bounds) })
    }
}

extension Bounds {
    /// The box around the eight corners' images.
    func transformed(by transform: Matrix4) -> Bounds {
        guard !isEmpty else { return .empty }
        guard transform != .identity else { return self }
        return corners.reduce(into: Bounds.empty) { $0.formUnion(transform.apply(toPoint: $1)) }
    }
}
