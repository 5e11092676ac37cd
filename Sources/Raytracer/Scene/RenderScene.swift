// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Models
import Scene

/// Everything that is to be drawn: instances, lights and what cuts them open; immutable, shared by frames.
public final class RenderScene: @unchecked Sendable {
    // Sendable: filled while it is built, only read afterwards.

    /// The box around all visible instances; empty when there are none, planes without end left aside.
    public let bounds: Bounds
    /// Triangles of all visible instances, each instance counted.
    public let triangleCount: Int

    /// Visible instances, which also keep their assets alive.
    let instances: [RenderInstance]
    let scene: EmbreeScene
    /// Whether `scene` is the one part of the one instance itself, without a level above.
    let isSingle: Bool
    /// Whether light passes nowhere, for the interactive renderer and for the path tracer.
    let isOpaque: Bool
    let isPathOpaque: Bool
    let hasMetal: Bool
    let records: UnsafePointer<shading_instance>
    /// For each record the number of its instance.
    let owners: [Int]
    let lights: UnsafePointer<shading_light>
    let lightCount: Int
    /// Radiance of all ambient lights.
    let ambient: SIMD3<Float>
    let clipShapes: UnsafePointer<shading_clip_shape>
    let clippers: UnsafePointer<shading_clipper>
    let clipperCount: Int
    let volumes: UnsafePointer<shading_volume>
    let volumeCount: Int
    private let arena: Arena

    /// Builds the top level over the instances' own hierarchies, which takes time by their number only.
    ///
    /// Instances whose transform flattens space show nothing.
    ///
    /// - Parameters:
    ///   - clipPlanes: `a, b, c, d`: what lies where `a x + b y + c z < d` is cut away.
    ///   - clippers: shapes that cut everything open; those whose transform flattens space cut nothing.
    /// - Throws: when an instance has `primitiveColors`, and not as many as its asset has shapes.
    public init(
        instances: [RenderInstance], lights: [Light] = [], clipPlanes: [SIMD4<Double>] = [], clippers: [Clipper] = []
    ) throws(RaytracerError) {
        let visible = instances.filter(\.isVisible)
        var level = try TopLevel(visible)
        try level.finish()
        self.instances = visible
        scene = level.scene
        isSingle = level.isSingle
        isOpaque = level.isOpaque
        isPathOpaque = level.isPathOpaque
        hasMetal = level.hasMetal
        owners = level.owners
        arena = level.arena
        records = UnsafePointer(arena.copy(level.records))
        let haze = VolumeRecords(visible, level.arena)
        volumes = UnsafePointer(arena.copy(haze.records))
        volumeCount = haze.records.count
        bounds = level.bounds.union(haze.bounds)
        triangleCount = visible.reduce(0) { $0 + $1.asset.triangleCount }
        let light = LightRecords(lights)
        ambient = light.ambient
        self.lights = UnsafePointer(arena.copy(light.records))
        lightCount = light.records.count
        let clips = ClipperRecords(planes: clipPlanes, clippers)
        clipShapes = UnsafePointer(arena.copy(clips.shapes))
        self.clippers = UnsafePointer(arena.copy(clips.clippers))
        clipperCount = clips.clippers.count
    }
}
