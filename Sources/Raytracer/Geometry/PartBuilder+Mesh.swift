// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Models
import Scene

extension PartBuilder {
    /// Adds a mesh's triangles, brought to the part's coordinates.
    mutating func add(_ mesh: Mesh, material: Int?, transform: Matrix4) throws(RaytracerError) {
        let corners = mesh.vertexCount
        guard corners <= Int(Int32.max), mesh.triangleCount <= Int(Int32.max) else {
            throw RaytracerError(.limits, "A mesh has more than two thousand million corners or triangles.")
        }
        var indices = mesh.indices
        indices.removeLast(indices.count % 3)
        if indices.contains(where: { $0 >= UInt32(corners) }) {
            let whole = indices.count / 3
            indices = Self.trianglesWithin(indices, corners)
            warnings.append("\(whole - indices.count / 3) triangles name corners that are not there.")
        }
        guard !indices.isEmpty else { return }

        let geometry = try EmbreeGeometry.make(RTC_GEOMETRY_TYPE_TRIANGLE)
        let positions = try EmbreeGeometry.buffer(
            geometry, RTC_BUFFER_TYPE_VERTEX, RTC_FORMAT_FLOAT3, stride: 12, count: corners, of: Float.self)
        Self.copy(mesh.positions, to: positions, count: 3 * corners)
        if transform != .identity { Self.transform(positions, corners, by: transform) }
        let triangles = try EmbreeGeometry.buffer(
            geometry, RTC_BUFFER_TYPE_INDEX, RTC_FORMAT_UINT3, stride: 12, count: indices.count / 3, of: UInt32.self)
        Self.copy(indices, to: triangles, count: indices.count)

        var fact = ShapeFacts(material: material)
        fact.triangleCount = indices.count / 3
        fact.bounds = Self.bounds(positions, triangles, indices.count)
        var shape = shading_shape()
        shape.kind = UInt32(SHADING_SHAPE_TRIANGLES)
        shape.primitives_per_color = 1
        shape.indices = UnsafePointer(triangles)
        if mesh.normals.count >= 3 * corners {
            shape.normals = UnsafePointer(normals(mesh.normals, corners, transform))
        }
        if mesh.textureCoordinates.count >= 2 * corners {
            shape.coordinates = UnsafePointer(arena.copy(mesh.textureCoordinates))
            fact.hasCoordinates = true
        }
        if mesh.colors.count >= 4 * corners {
            shape.corner_colors = UnsafePointer(arena.copy(mesh.colors))
            fact.hasColors = true
            fact.isColorOpaque = stride(from: 3, to: 4 * corners, by: 4).allSatisfy { mesh.colors[$0] >= 1 }
        }
        append(geometry, shape, fact)
    }

    private static func trianglesWithin(_ indices: [UInt32], _ corners: Int) -> [UInt32] {
        var kept: [UInt32] = []
        kept.reserveCapacity(indices.count)
        for t in stride(from: 0, to: indices.count, by: 3) {
            let triangle = indices[t..<(t + 3)]
            if triangle.allSatisfy({ $0 < UInt32(corners) }) { kept += triangle }
        }
        return kept
    }

    private static func copy<Element>(_ source: [Element], to target: UnsafeMutablePointer<Element>, count: Int) {
        source.withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress { target.update(from: base, count: min(count, buffer.count)) }
        }
    }

    private static func transform(_ positions: UnsafeMutablePointer<Float>, _ count: Int, by m: Matrix4) {
        for i in 0..<count {
            let p = positions + 3 * i
            let q = m.apply(toPoint: Vector3(Double(p[0]), Double(p[1]), Double(p[2])))
            (p[0], p[1], p[2]) = (Float(q.x), Float(q.y), Float(q.z))
        }
    }

    /// The box around all corners of triangles that can be drawn.
    private static func bounds(
        _ positions: UnsafePointer<Float>, _ indices: UnsafePointer<UInt32>, _ count: Int
    ) -> Bounds {
        var low = SIMD3<Float>(repeating: .greatestFiniteMagnitude)
        var high = -low
        for t in stride(from: 0, to: count, by: 3) {
            var least = SIMD3<Float>(repeating: .greatestFiniteMagnitude)
            var most = -least
            var isFinite = true
            for i in 0..<3 {
                let p = positions + 3 * Int(indices[t + i])
                let corner = SIMD3(p[0], p[1], p[2])
                isFinite = isFinite && (corner.x - corner.x) + (corner.y - corner.y) + (corner.z - corner.z) == 0
                least.replace(with: corner, where: corner .< least)
                most.replace(with: corner, where: corner .> most)
            }
            guard isFinite else { continue }
            low.replace(with: least, where: least .< low)
            high.replace(with: most, where: most .> high)
        }
        return Bounds(min: Vector3(low), max: Vector3(high))
    }

    /// A copy of a mesh's normals, turned as its transform asks.
    private func normals(
        _ source: [Float], _ count: Int, _ transform: Matrix4
    ) -> UnsafeMutablePointer<Float> {
        let memory = arena.copy(source)
        guard transform != .identity else { return memory }
        let m = NormalMatrix(transform)
        for i in 0..<count {
            let n = memory + 3 * i
            let turned = m.apply(to: Vector3(Double(n[0]), Double(n[1]), Double(n[2])))
            let unit = turned.normalized ?? .zero
            (n[0], n[1], n[2]) = (Float(unit.x), Float(unit.y), Float(unit.z))
        }
        return memory
    }
}
