// SPDX-License-Identifier: Apache-2.0
import Scene

/// What a file says of a surface, brought to the few terms that our renderers shade with.
public struct SurfaceMaterial: Sendable, Hashable {
    /// The name in the file; empty when it has none.
    public var name: String = ""
    /// Linear base or diffuse colour and opacity.
    public var baseColor = SIMD4<Float>(0.8, 0.8, 0.8, 1)
    /// Linear specular colour; zero for none.
    public var specularColor = SIMD3<Float>(0, 0, 0)
    /// Phong exponent.
    public var shininess: Float = 10
    /// Linear emitted colour.
    public var emission = SIMD3<Float>(0, 0, 0)
    /// 0 dielectric … 1 metal.
    public var metallic: Float = 0
    /// 0 mirror … 1 rough.
    public var roughness: Float = 1
    /// Index into `Model.textures` of the picture that multiplies the base colour.
    public var baseColorTexture: Int?
    /// Whether the picture's alpha makes holes; a file may say that it is to be taken as opaque.
    public var usesTextureAlpha = true
    /// Below this opacity a texel is a hole; `nil` when there is no cut-out.
    public var alphaCutoff: Float?

    /// Whether the file says nothing of the surface, so that the values here are the loader's own.
    public var isDefault = false

    public init() {}
}
