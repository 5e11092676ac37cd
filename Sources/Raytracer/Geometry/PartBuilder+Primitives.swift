// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Models
import Scene

extension PartBuilder {
    /// Adds a model's shapes: spheres and capsules as Embree draws them, boxes and bounded planes as triangles.
    mutating func add(_ primitives: Primitives) throws(RaytracerError) {
        try number(primitives.spheres) { (builder, spheres) throws(RaytracerError) in try builder.addSpheres(spheres) }
        try number(primitives.capsules) { (builder, all) throws(RaytracerError) in try builder.addCapsules(all) }
        try number(primitives.boxes) { (builder, boxes) throws(RaytracerError) in try builder.addBoxes(boxes) }
        var planes = primitives.planes[...]
        while let plane = planes.first {
            // Those without end make one geometry for each row of them, so that numbers stay in order.
            let row = plane.isBounded ? planes.prefix(1) : planes.prefix { !$0.isBounded }
            try number(Array(row)) { (builder, row) throws(RaytracerError) in
                if plane.isBounded { try builder.addBounded(plane) } else { try builder.addPlanes(row) }
            }
            planes = planes.dropFirst(row.count)
        }
    }

    /// Adds shapes as one geometry and notes which of the model's it holds; shapes that leave nothing to draw have
    /// numbers too.
    private mutating func number<Shape>(
        _ all: [Shape], _ add: (inout PartBuilder, [Shape]) throws(RaytracerError) -> Void
    ) throws(RaytracerError) {
        guard !all.isEmpty else { return }
        let first = shapes.count
        try add(&self, all)
        if shapes.count > first { facts[first].primitives = shapeCount..<(shapeCount + all.count) }
        shapeCount += all.count
    }

    private mutating func addSpheres(_ spheres: [Primitives.Sphere]) throws(RaytracerError) {
        let geometry = try EmbreeGeometry.make(RTC_GEOMETRY_TYPE_SPHERE_POINT)
        let memory = try EmbreeGeometry.buffer(
            geometry, RTC_BUFFER_TYPE_VERTEX, RTC_FORMAT_FLOAT4, stride: 16, count: spheres.count, of: Float.self)
        var fact = ShapeFacts()
        for (i, sphere) in spheres.enumerated() {
            let p = memory + 4 * i
            (p[0], p[1], p[2], p[3]) = (sphere.center.x, sphere.center.y, sphere.center.z, abs(sphere.radius))
            fact.bounds.formUnion(ball: sphere.center, abs(sphere.radius))
        }
        var shape = shapeWithColors(spheres.map(\.color), &fact)
        shape.spheres = UnsafePointer(memory)
        append(geometry, shape, fact)
    }

    private mutating func addCapsules(_ capsules: [Primitives.Capsule]) throws(RaytracerError) {
        let geometry = try EmbreeGeometry.make(RTC_GEOMETRY_TYPE_ROUND_LINEAR_CURVE)
        let ends = try EmbreeGeometry.buffer(
            geometry, RTC_BUFFER_TYPE_VERTEX, RTC_FORMAT_FLOAT4, stride: 16, count: 2 * capsules.count,
            of: Float.self)
        let starts = try EmbreeGeometry.buffer(
            geometry, RTC_BUFFER_TYPE_INDEX, RTC_FORMAT_UINT, stride: 4, count: capsules.count, of: UInt32.self)
        var fact = ShapeFacts()
        for (i, capsule) in capsules.enumerated() {
            let p = ends + 8 * i
            (p[0], p[1], p[2], p[3]) = (capsule.p0.x, capsule.p0.y, capsule.p0.z, abs(capsule.r0))
            (p[4], p[5], p[6], p[7]) = (capsule.p1.x, capsule.p1.y, capsule.p1.z, abs(capsule.r1))
            starts[i] = UInt32(truncatingIfNeeded: 2 * i)
            fact.bounds.formUnion(ball: capsule.p0, abs(capsule.r0))
            fact.bounds.formUnion(ball: capsule.p1, abs(capsule.r1))
        }
        append(geometry, shapeWithColors(capsules.map(\.color), &fact), fact)
    }

    private mutating func addBoxes(_ boxes: [Primitives.Box]) throws(RaytracerError) {
        // Corner number: bit 0 is x, bit 1 is y, bit 2 is z.
        let faces: [UInt32] = [
            0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5,
        ]
        var mesh = Mesh()
        for (i, box) in boxes.enumerated() {
            for corner in 0..<8 {
                mesh.positions.append(corner & 1 == 0 ? box.min.x : box.max.x)
                mesh.positions.append(corner & 2 == 0 ? box.min.y : box.max.y)
                mesh.positions.append(corner & 4 == 0 ? box.min.z : box.max.z)
            }
            mesh.indices += faces.map { $0 + UInt32(8 * i) }
        }
        try addFaces(mesh, trianglesPerColor: 12, colors: boxes.map(\.color))
    }

    /// Adds triangles that stand for something else.
    private mutating func addFaces(
        _ mesh: Mesh, trianglesPerColor: Int, colors: [SIMD4<Float>]
    ) throws(RaytracerError) {
        let count = shapes.count
        try add(mesh, material: nil, transform: .identity)
        guard shapes.count > count else { return }
        var fact = facts[count]
        let plain = shapeWithColors(colors, &fact)
        fact.triangleCount = 0
        facts[count] = fact
        shapes[count].colors = plain.colors
        shapes[count].primitives_per_color = UInt32(clamping: trianglesPerColor)
    }

    /// The polygon that a box leaves of a plane, as a fan of triangles.
    private mutating func addBounded(_ plane: Primitives.Plane) throws(RaytracerError) {
        guard let low = plane.boundsMin, let high = plane.boundsMax else { return }
        let outline = PlaneOutline(plane.coefficients, low, high).corners
        guard outline.count >= 3 else { return }
        var mesh = Mesh()
        for corner in outline { mesh.positions += [corner.x, corner.y, corner.z] }
        for i in 2..<outline.count { mesh.indices += [0, UInt32(i - 1), UInt32(i)] }
        try addFaces(mesh, trianglesPerColor: outline.count - 2, colors: [plane.color])
        facts[facts.count - 1].bounds = Bounds(min: Vector3(low), max: Vector3(high))
    }

    func shapeWithColors(_ colors: [SIMD4<Float>], _ fact: inout ShapeFacts) -> shading_shape {
        fact.hasColors = true
        fact.isColorOpaque = colors.allSatisfy { $0.w >= 1 }
        var shape = shading_shape()
        shape.kind = UInt32(SHADING_SHAPE_PRIMITIVES)
        shape.primitives_per_color = 1
        let memory = arena.allocate(Float.self, 4 * colors.count)
        for (i, color) in colors.enumerated() {
            for c in 0..<4 { memory[4 * i + c] = color[c] }
        }
        shape.colors = UnsafePointer(memory)
        return shape
    }
}

extension Primitives.Plane {
    fileprivate var isBounded: Bool { boundsMin != nil && boundsMax != nil }
}

extension Bounds {
    fileprivate mutating func formUnion(ball center: SIMD3<Float>, _ radius: Float) {
        let (c, r) = (Vector3(center), Vector3(repeating: Double(radius)))
        guard c.isFinite, r.isFinite else { return }
        formUnion(c - r)
        formUnion(c + r)
    }
}
