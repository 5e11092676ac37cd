// SPDX-License-Identifier: Apache-2.0

/// The surface where a field of samples, mixed linearly between them, has one value.
///
/// Marching tetrahedra: each cell between eight samples is cut into the six tetrahedra along its diagonal (Kuhn's), in
/// each of which the surface is flat. Samples stand in the middle of voxels; from the outermost ones the field goes on
/// unchanged to the grid's border, where the surface ends open.
struct IsoSurface {
    var dimensions: SIMD3<Int>
    var spacing: SIMD3<Float>
    /// As many as the product of `dimensions`, x fastest.
    var samples: [UInt8]
    /// Where the surface lies; samples of this value are inside.
    var value: Float

    /// Triangles that face the smaller values, with normals along the field's slope.
    func mesh() -> Mesh {
        var builder = Builder(field: self)
        for z in 0...dimensions.z {
            for y in 0...dimensions.y { builder.walkRow(y, z) }
        }
        return builder.mesh
    }

    /// The sample that a grid point has: points lie on the border, on all samples, and on the other border.
    fileprivate func sample(_ point: SIMD3<Int>) -> Float {
        let place = (point &- 1).clamped(lowerBound: .zero, upperBound: dimensions &- 1)
        return Float(samples[(place.z * dimensions.y + place.y) * dimensions.x + place.x])
    }

    fileprivate func position(_ point: SIMD3<Int>) -> SIMD3<Float> {
        let middle = SIMD3<Float>(point) - 0.5
        return middle.clamped(lowerBound: .zero, upperBound: SIMD3<Float>(dimensions)) * spacing
    }

    /// Uphill, by the neighbours on both sides.
    fileprivate func slope(_ point: SIMD3<Int>) -> SIMD3<Float> {
        var result = SIMD3<Float>.zero
        for axis in 0..<3 {
            var (before, after) = (point, point)
            before[axis] -= 1
            after[axis] += 1
            result[axis] = (sample(after) - sample(before)) / spacing[axis]
        }
        return result
    }
}

private struct Builder {
    let field: IsoSurface
    var mesh = Mesh()
    /// The corner that an edge has, by its lower point and the axes along which it goes.
    private var corners: [Int: UInt32] = [:]

    init(field: IsoSurface) { self.field = field }

    /// The corners of the six tetrahedra: each goes from a cell's first corner to its last along the axes in one order.
    private static let tetrahedra: [[Int]] = [[1, 2], [1, 4], [2, 1], [2, 4], [4, 1], [4, 2]].map { axes in
        [0, axes[0], axes[0] | axes[1], 7]
    }

    /// All cells of one row along x.
    mutating func walkRow(_ y: Int, _ z: Int) {
        var last = isInside(0, y, z)
        for x in 0...field.dimensions.x {
            let next = isInside(x + 1, y, z)
            defer { last = next }
            // Nearly all cells lie wholly on one side.
            if last == next, last == 0 || last == 15 { continue }
            for corners in Self.tetrahedra { cut(SIMD3(x, y, z), corners) }
        }
    }

    /// Which of the four points at an x are inside, a bit each.
    private func isInside(_ x: Int, _ y: Int, _ z: Int) -> Int {
        var bits = 0
        for corner in 0..<4 {
            let point = SIMD3(x, y + (corner & 1), z + (corner >> 1))
            if field.sample(point) >= field.value { bits |= 1 << corner }
        }
        return bits
    }

    private mutating func cut(_ cell: SIMD3<Int>, _ tetrahedron: [Int]) {
        let inside = tetrahedron.filter { field.sample(point(cell, $0)) >= field.value }
        let outside = tetrahedron.filter { !inside.contains($0) }
        guard !inside.isEmpty, !outside.isEmpty else { return }
        let way = center(cell, outside) - center(cell, inside)
        if inside.count == 2 {
            let (a, b) = (corner(cell, inside[0], outside[0]), corner(cell, inside[0], outside[1]))
            let (c, d) = (corner(cell, inside[1], outside[1]), corner(cell, inside[1], outside[0]))
            add(a, b, c, facing: way)
            add(a, c, d, facing: way)
        } else {
            let all = inside.flatMap { low in outside.map { corner(cell, low, $0) } }
            add(all[0], all[1], all[2], facing: way)
        }
    }

    private func point(_ cell: SIMD3<Int>, _ corner: Int) -> SIMD3<Int> {
        cell &+ SIMD3(corner & 1, corner >> 1 & 1, corner >> 2)
    }

    private func center(_ cell: SIMD3<Int>, _ corners: [Int]) -> SIMD3<Float> {
        corners.reduce(.zero) { $0 + field.position(point(cell, $1)) } / Float(corners.count)
    }

    /// Where the surface cuts the edge from a corner inside to one outside.
    private mutating func corner(_ cell: SIMD3<Int>, _ inner: Int, _ outer: Int) -> UInt32 {
        let lower = point(cell, inner & outer)
        let width = field.dimensions &+ 2
        let key = ((lower.z * width.y + lower.y) * width.x + lower.x) * 8 + (inner ^ outer)
        if let known = corners[key] { return known }
        let (start, end) = (point(cell, inner), point(cell, outer))
        let (high, low) = (field.sample(start), field.sample(end))
        let share = (high - field.value) / (high - low)
        let (from, to) = (field.position(start), field.position(end))
        var normal = -(field.slope(start) * (1 - share) + field.slope(end) * share)
        if (normal * normal).sum() == 0 { normal = to - from }
        append(from + (to - from) * share, normal / (normal * normal).sum().squareRoot())
        let number = UInt32(mesh.vertexCount - 1)
        corners[key] = number
        return number
    }

    private mutating func append(_ position: SIMD3<Float>, _ normal: SIMD3<Float>) {
        for axis in 0..<3 {
            mesh.positions.append(position[axis])
            mesh.normals.append(normal[axis])
        }
    }

    private mutating func add(_ a: UInt32, _ b: UInt32, _ c: UInt32, facing way: SIMD3<Float>) {
        func place(_ corner: UInt32) -> SIMD3<Float> {
            let start = 3 * Int(corner)
            return SIMD3(mesh.positions[start], mesh.positions[start + 1], mesh.positions[start + 2])
        }
        let (first, second) = (place(b) - place(a), place(c) - place(a))
        let normal = SIMD3(
            first.y * second.z - first.z * second.y, first.z * second.x - first.x * second.z,
            first.x * second.y - first.y * second.x)
        mesh.indices += (normal * way).sum() < 0 ? [a, c, b] : [a, b, c]
    }
}
