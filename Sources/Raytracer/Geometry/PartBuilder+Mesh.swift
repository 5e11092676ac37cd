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
        // Embree reads whole vectors: up to 16 bytes behind the last corner.
        let positions = arena.copy(mesh.positions, count: 3 * corners, padding: 4, work)
        if transform != .identity { transformPoints(positions, corners, by: transform) }
        let triangles = arena.copy(indices, work)
        EmbreeGeometry.share(
            geometry, RTC_BUFFER_TYPE_VERTEX, RTC_FORMAT_FLOAT3, UnsafeRawPointer(positions), stride: 12,
            count: corners)
        EmbreeGeometry.share(
            geometry, RTC_BUFFER_TYPE_INDEX, RTC_FORMAT_UINT3, UnsafeRawPointer(triangles), stride: 12,
            count: indices.count / 3)

        var fact = ShapeFacts(material: material)
        fact.triangleCount = indices.count / 3
        fact.bounds = bounds(positions, triangles, indices.count / 3)
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

    private func transformPoints(_ positions: UnsafeMutablePointer<Float>, _ count: Int, by m: Matrix4) {
        work.ranges(count) { range in
            for i in range {
                let p = positions + 3 * i
                let q = m.apply(toPoint: Vector3(Double(p[0]), Double(p[1]), Double(p[2])))
                (p[0], p[1], p[2]) = (Float(q.x), Float(q.y), Float(q.z))
            }
        }
    }

    /// The box around all corners of triangles that can be drawn.
    private func bounds(_ positions: UnsafePointer<Float>, _ indices: UnsafePointer<UInt32>, _ count: Int) -> Bounds {
        let parts = work.parts(count)
        let boxes = UnsafeMutablePointer<TriangleBox>.allocate(capacity: parts)
        defer { boxes.deallocate() }
        work.numbers(parts) { part in
            var box = TriangleBox()
            for t in count * part / parts..<count * (part + 1) / parts { box.add(positions, indices + 3 * t) }
            boxes[part] = box
        }
        var box = TriangleBox()
        for part in 0..<parts { box.add(boxes[part]) }
        return Bounds(min: Vector3(box.low), max: Vector3(box.high))
    }

    /// A copy of a mesh's normals, turned as its transform asks.
    private func normals(
        _ source: [Float], _ count: Int, _ transform: Matrix4
    ) -> UnsafeMutablePointer<Float> {
        let memory = arena.copy(source, work)
        guard transform != .identity else { return memory }
        let m = NormalMatrix(transform)
        work.ranges(count) { range in
            for i in range {
                let n = memory + 3 * i
                let turned = m.apply(to: Vector3(Double(n[0]), Double(n[1]), Double(n[2])))
                let unit = turned.normalized ?? .zero
                (n[0], n[1], n[2]) = (Float(unit.x), Float(unit.y), Float(unit.z))
            }
        }
        return memory
    }
}

/// The box around triangles whose corners are all finite.
private struct TriangleBox: BitwiseCopyable {
    var low = SIMD3<Float>(repeating: .greatestFiniteMagnitude)
    var high = SIMD3<Float>(repeating: -.greatestFiniteMagnitude)

    @inline(__always)
    mutating func add(_ positions: UnsafePointer<Float>, _ corners: UnsafePointer<UInt32>) {
        let (p, q, r) = (
            positions + 3 * Int(corners[0]), positions + 3 * Int(corners[1]), positions + 3 * Int(corners[2])
        )
        let (a, b, c) = (SIMD3(p[0], p[1], p[2]), SIMD3(q[0], q[1], q[2]), SIMD3(r[0], r[1], r[2]))
        // Numbers that are none, or infinite, leave no zero.
        let rest = (a - a) + (b - b) + (c - c)
        guard rest.x == 0, rest.y == 0, rest.z == 0 else { return }
        low = pointwiseMin(low, pointwiseMin(a, pointwiseMin(b, c)))
        high = pointwiseMax(high, pointwiseMax(a, pointwiseMax(b, c)))
    }

    mutating func add(_ other: TriangleBox) {
        (low, high) = (pointwiseMin(low, other.low), pointwiseMax(high, other.high))
    }
}
