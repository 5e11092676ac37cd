// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Scene

/// One Embree scene of an asset, with what the kernels look up about its geometries.
final class AssetPart: @unchecked Sendable {
    // Sendable: filled while it is built, only read afterwards.

    let scene: EmbreeScene
    /// One a geometry of the scene.
    let shapes: UnsafePointer<shading_shape>
    let facts: [ShapeFacts]
    /// Where the part stands in the asset.
    let transforms: [Matrix4]
    let bounds: Bounds
    let triangleCount: Int
    private let arena: Arena

    init(
        scene: EmbreeScene, shapes: [shading_shape], facts: [ShapeFacts], transforms: [Matrix4], arena: Arena
    ) throws(RaytracerError) {
        try scene.commit()
        self.scene = scene
        self.facts = facts
        self.transforms = transforms
        self.arena = arena
        self.shapes = UnsafePointer(arena.copy(shapes))
        triangleCount = facts.reduce(0) { $0 + $1.triangleCount }
        bounds = facts.reduce(into: Bounds.empty) { $0.formUnion($1.bounds) }
    }
}

/// What is known of a geometry besides what kernels look up.
struct ShapeFacts {
    /// Index into the model's materials, or `nil` for plain white.
    var material: Int?
    /// Whether the colours of corners or primitives are all opaque.
    var isColorOpaque = true
    var hasColors = false
    var hasCoordinates = false
    /// Which of the model's spheres, capsules, boxes and planes, counted in this order, the geometry holds.
    var primitives: Range<Int>?
    /// Triangles of the file: those that stand for boxes and planes do not count.
    var triangleCount = 0
    var bounds = Bounds.empty
}
