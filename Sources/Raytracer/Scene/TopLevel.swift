// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Scene

/// Puts instances together under one Embree scene.
struct TopLevel {
    private(set) var scene: EmbreeScene
    private(set) var isSingle = false
    private(set) var isOpaque = true
    private(set) var isPathOpaque = true
    private(set) var hasMetal = false
    private(set) var bounds = Bounds.empty
    private(set) var records: [shading_instance] = []
    private(set) var owners: [Int] = []
    let arena = Arena()
    private var parts: [AssetPart] = []
    private var transforms: [Matrix4] = []

    init(_ instances: [RenderInstance]) throws(RaytracerError) {
        scene = try EmbreeScene()
        for (index, instance) in instances.enumerated() {
            try Self.checkColors(instance)
            for part in instance.asset.parts { add(part, instance, index) }
        }
    }

    private mutating func add(_ part: AssetPart, _ instance: RenderInstance, _ index: Int) {
        let surfaces = part.facts.map { fact in
            SurfaceRecord(fact, in: instance.asset, of: instance, colors: colors(of: fact, in: instance))
        }
        let memory = UnsafePointer(arena.copy(surfaces.map(\.record)))
        for inner in part.transforms {
            let transform = instance.transform * inner
            let normals = NormalMatrix(transform)
            guard normals.isInvertible, transform.fitsFloats else { continue }
            records.append(Self.record(part, memory, transform, normals))
            owners.append(index)
            parts.append(part)
            transforms.append(transform)
            bounds.formUnion(part.bounds.transformed(by: transform))
            let isWhole = surfaces.allSatisfy { $0.record.cutoff < 0 }
            isOpaque = isOpaque && isWhole && surfaces.allSatisfy(\.isOpaque)
            hasMetal = hasMetal || surfaces.contains(where: \.hasMetal)
            isPathOpaque = isPathOpaque && isWhole && surfaces.allSatisfy(\.isPathOpaque)
        }
    }

    private static func checkColors(_ instance: RenderInstance) throws(RaytracerError) {
        guard let colors = instance.primitiveColors, colors.count != instance.asset.shapeCount else { return }
        throw RaytracerError(
            .invalidInput,
            "Model \(instance.modelID) has \(instance.asset.shapeCount) shapes, but \(colors.count) colours for them.")
    }

    /// The colours that an instance puts over those of a geometry's shapes.
    private func colors(of fact: ShapeFacts, in instance: RenderInstance) -> SurfaceRecord.ShapeColors? {
        guard let all = instance.primitiveColors, let range = fact.primitives else { return nil }
        let own = all[range]
        let memory = arena.copy(Array(own))
        return SurfaceRecord.ShapeColors(
            memory: UnsafeRawPointer(memory).assumingMemoryBound(to: Float.self),
            isOpaque: own.allSatisfy { $0.w >= 1 })
    }

    private static func record(
        _ part: AssetPart, _ surfaces: UnsafePointer<shading_surface>, _ transform: Matrix4, _ normals: NormalMatrix
    ) -> shading_instance {
        let n = normals.rows.map { Float($0) }
        return shading_instance(
            shapes: part.shapes, surfaces: surfaces, normal: (n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]),
            epsilon_scale: Float(max(abs(transform.c0.x), abs(transform.c1.y), abs(transform.c2.z))),
            is_identity: transform == .identity ? 1 : 0)
    }

    /// Builds the hierarchy; one part that stands where it was made needs no level above it.
    mutating func finish() throws(RaytracerError) {
        if parts.count == 1, transforms[0] == .identity {
            scene = parts[0].scene
            isSingle = true
            return
        }
        guard parts.count < Int(UInt32.max) else {
            throw RaytracerError(.limits, "A scene of \(parts.count) instances is more than can be numbered.")
        }
        for (id, part) in parts.enumerated() {
            let geometry = try EmbreeGeometry.make(RTC_GEOMETRY_TYPE_INSTANCE)
            rtcSetGeometryInstancedScene(geometry, part.scene.handle)
            let m = transforms[id]
            var columns: [Float] = []
            for c in [m.c0, m.c1, m.c2, m.c3] { columns += [Float(c.x), Float(c.y), Float(c.z)] }
            rtcSetGeometryTransform(geometry, 0, RTC_FORMAT_FLOAT3X4_COLUMN_MAJOR, columns)
            scene.attach(geometry, id: id)
        }
        try scene.commit()
    }
}
