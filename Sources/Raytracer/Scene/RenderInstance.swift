// SPDX-License-Identifier: Apache-2.0
import Models
import Scene

/// One placing of a geometry in a scene.
public struct RenderInstance: Sendable {
    /// The geometry; its BVH is shared by all its instances.
    public var asset: GeometryAsset
    /// From the asset's coordinates to the world's.
    public var transform: Matrix4
    /// What `pick` reports.
    public var modelID: Int
    /// A material put over those of the asset.
    public var material: MaterialOverride?
    /// A linear RGBA colour put over those of the asset.
    public var color: SIMD4<Float>?
    /// Linear RGBA colours of the asset's spheres, capsules, boxes and planes, in this order, put over their own and
    /// over `color`: they change from frame to frame without a new hierarchy.
    public var primitiveColors: [SIMD4<Float>]?
    /// Colours and opacities of its volumes by their values; Brayns' default ramp when `nil`.
    public var colorRamp: ColorRamp?
    /// Whether it is drawn and counts in the scene's bounds.
    public var isVisible: Bool

    public init(
        asset: GeometryAsset, transform: Matrix4 = .identity, modelID: Int = 0, material: MaterialOverride? = nil,
        color: SIMD4<Float>? = nil, primitiveColors: [SIMD4<Float>]? = nil, colorRamp: ColorRamp? = nil,
        isVisible: Bool = true
    ) {
        (self.asset, self.transform, self.modelID) = (asset, transform, modelID)
        (self.material, self.color, self.primitiveColors) = (material, color, primitiveColors)
        (self.colorRamp, self.isVisible) = (colorRamp, isVisible)
    }
}
