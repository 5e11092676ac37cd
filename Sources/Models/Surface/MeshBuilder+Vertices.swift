// SPDX-License-Identifier: Apache-2.0

/// The five ways to number a mesh's vertices; each numbers them as the triangles' corners first name them.
extension MeshBuilder {
    /// One vertex a place.
    func meshOfPoints(_ surface: borrowing CornerPoints, _ made: borrowing CornerNormals) -> Mesh {
        var mesh = Mesh()
        mesh.indices = surface.corners
        let (points, normals, count) = (surface.points.base, made.shared.base, surface.count)
        mesh.positions = Array(filling: 3 * count) { target in
            work.ranges(count) { for i in $0 { points[i].store(to: target + 3 * i) } }
        }
        mesh.normals = Array(filling: 3 * count) { target in
            work.ranges(count) { for i in $0 { normals[i].store(to: target + 3 * i) } }
        }
        return mesh
    }

    /// One vertex a place, and more where faces meet at a crease.
    func meshOfCreases(_ surface: borrowing CornerPoints, _ made: borrowing CornerNormals) -> Mesh {
        let most = surface.count + made.creases.cornerCount
        let owners = LargeBuffer<UInt32>(most)
        let directions = LargeBuffer<SIMD3Packed>(most)
        let (points, normals) = (owners.base, directions.base)
        let (corners, shared, places) = (surface.corners, made.shared.base, surface.points.base)
        let latest = LargeBuffer(repeating: UInt32.max, count: surface.count)
        let last = latest.base
        var cursor = CreaseNormals.Cursor(made.creases)
        var table = VertexTable(expected: made.creases.cornerCount / 4)
        var count: UInt32 = 0
        var mesh = Mesh()
        mesh.indices = Array(filling: corners.count) { indices in
            for corner in 0..<corners.count {
                let point = Int(corners[corner])
                var vertex = last[point]
                if let normal = cursor.next(point, in: made.creases) {
                    if vertex == .max || !normals[Int(vertex)].isSame(as: normal) {
                        vertex = table.vertex(normal.hash(with: corners[corner]), orNew: count) {
                            points[$0] == corners[corner] && normals[$0].isSame(as: normal)
                        }
                        if vertex == count { normals[Int(vertex)] = normal }
                    }
                } else if vertex == .max {
                    vertex = count
                    normals[Int(vertex)] = shared[point]
                }
                if vertex == count {
                    points[Int(vertex)] = corners[corner]
                    count += 1
                }
                last[point] = vertex
                indices[corner] = vertex
            }
        }
        let vertices = Int(count)
        mesh.positions = Array(filling: 3 * vertices) { target in
            work.ranges(vertices) { for i in $0 { places[Int(points[i])].store(to: target + 3 * i) } }
        }
        mesh.normals = Array(filling: 3 * vertices) { target in
            work.ranges(vertices) { for i in $0 { normals[i].store(to: target + 3 * i) } }
        }
        return mesh
    }

    /// Vertices by place, normal, texture coordinates and colour.
    func meshOfCorners(_ surface: borrowing CornerPoints, _ made: borrowing CornerNormals) -> Mesh {
        var vertices = VertexList(self)
        var cursor = CreaseNormals.Cursor(made.creases)
        // Most corners are the vertex that their place had last.
        var last = [UInt32](repeating: .max, count: surface.count)
        var table = VertexTable(expected: surface.count)
        let indices = [UInt32](unsafeUninitializedCapacity: triangles.count) { indices, filled in
            for corner in triangles.indices {
                let (point, source) = (Int(surface.corners[corner]), Int(triangles[corner]))
                let normal = cursor.next(point, in: made.creases) ?? made.shared.elements[point]
                let row = row(source, normal)
                if last[point] == .max || vertices.rows[Int(last[point])] != row {
                    let next = UInt32(vertices.rows.count)
                    let hash = VertexTable.hash(row, width: width)
                    last[point] = table.vertex(hash, orNew: next) { vertices.rows[$0] == row }
                    if last[point] == next { vertices.append(source, normal, row) }
                }
                indices[corner] = last[point]
            }
            filled = triangles.count
        }
        return vertices.mesh(indices)
    }

    /// Vertices by place and the file's normal.
    func meshOfGivenNormals(_ given: UnsafeBufferPointer<SIMD3Packed>) -> Mesh {
        let welded = PointWelder(points: positions, work: work).firsts()
        let owners = LargeBuffer<UInt32>(positions.count)
        let directions = LargeBuffer<SIMD3Packed>(positions.count)
        let (firsts, sources, normals) = (welded.base, owners.base, directions.base)
        // Of each source its vertex, and of each place the first vertex that lies in it.
        let numbering = LargeBuffer(repeating: UInt32.max, count: positions.count)
        let placing = LargeBuffer(repeating: UInt32.max, count: positions.count)
        let (numbers, heads) = (numbering.base, placing.base)
        var table = VertexTable(expected: 0)
        var count: UInt32 = 0
        var mesh = Mesh()
        mesh.indices = Array(filling: triangles.count) { indices in
            for corner in triangles.indices {
                let source = Int(triangles[corner])
                if numbers[source] == .max {
                    let (normal, first) = (given[source].rescaled, firsts[source])
                    let head = heads[Int(first)]
                    var vertex = count
                    if head == .max {
                        heads[Int(first)] = count
                    } else if normals[Int(head)].isSame(as: normal) {
                        vertex = head
                    } else {
                        vertex = table.vertex(normal.hash(with: first), orNew: count) {
                            firsts[Int(sources[$0])] == first && normals[$0].isSame(as: normal)
                        }
                    }
                    if vertex == count {
                        sources[Int(count)] = triangles[corner]
                        normals[Int(count)] = normal
                        count += 1
                    }
                    numbers[source] = vertex
                }
                indices[corner] = numbers[source]
            }
        }
        let vertices = Int(count)
        mesh.positions = Array(filling: 3 * vertices) { target in
            work.ranges(vertices) { for i in $0 { positions[Int(sources[i])].plain.store(to: target + 3 * i) } }
        }
        mesh.normals = Array(filling: 3 * vertices) { target in
            work.ranges(vertices) { for i in $0 { normals[i].store(to: target + 3 * i) } }
        }
        return mesh
    }

    /// Vertices of a file that brings its normals, with all that they carry.
    func meshWithGivenNormals() -> Mesh {
        var vertices = VertexList(self)
        var numbers = [UInt32](repeating: .max, count: positions.count)
        var table = VertexTable(expected: min(positions.count, triangles.count))
        let indices = [UInt32](unsafeUninitializedCapacity: triangles.count) { indices, filled in
            for corner in triangles.indices {
                let source = Int(triangles[corner])
                if numbers[source] == .max {
                    let normal = normals.map { $0[source].rescaled } ?? SIMD3Packed(x: 0, y: 0, z: 1)
                    let row = row(source, normal)
                    let next = UInt32(vertices.rows.count)
                    let hash = VertexTable.hash(row, width: width)
                    numbers[source] = table.vertex(hash, orNew: next) { vertices.rows[$0] == row }
                    if numbers[source] == next { vertices.append(source, normal, row) }
                }
                indices[corner] = numbers[source]
            }
            filled = triangles.count
        }
        return vertices.mesh(indices)
    }

    private var width: Int { 6 + (textureCoordinates == nil ? 0 : 2) + (colors.isEmpty ? 0 : 4) }

    /// All that makes two corners the same, as words; zeros of either sign are one.
    @inline(__always)
    private func row(_ source: Int, _ n: SIMD3Packed) -> SIMD16<UInt32> {
        let p = positions[source]
        var row = SIMD16<UInt32>(repeating: 0)
        (row[0], row[1], row[2]) = (p.x.word, p.y.word, p.z.word)
        (row[3], row[4], row[5]) = (n.x.word, n.y.word, n.z.word)
        var next = 6
        if let t = textureCoordinates?[source] {
            (row[6], row[7]) = (t.x.word, t.y.word)
            next = 8
        }
        if !colors.isEmpty { for i in 0..<4 { row[next + i] = colors[source][i].word } }
        return row
    }
}

/// A mesh's vertices while they are found.
private struct VertexList {
    let builder: MeshBuilder
    /// What makes each vertex itself.
    var rows: [SIMD16<UInt32>] = []
    private var sources: [Int] = []
    private var normals: [Float] = []

    init(_ builder: MeshBuilder) { self.builder = builder }

    mutating func append(_ source: Int, _ normal: MeshBuilder.SIMD3Packed, _ row: SIMD16<UInt32>) {
        rows.append(row)
        sources.append(source)
        normals.append(normal.x)
        normals.append(normal.y)
        normals.append(normal.z)
    }

    func mesh(_ indices: [UInt32]) -> Mesh {
        var mesh = Mesh()
        (mesh.indices, mesh.normals) = (indices, normals)
        mesh.positions = Array(filling: 3 * sources.count) { target in
            for (i, source) in sources.enumerated() { builder.positions[source].plain.store(to: target + 3 * i) }
        }
        if let coordinates = builder.textureCoordinates {
            mesh.textureCoordinates = Array(filling: 2 * sources.count) { target in
                for (i, source) in sources.enumerated() {
                    let t = coordinates[source]
                    (target[2 * i], target[2 * i + 1]) = (t.x.isFinite ? t.x : 0, t.y.isFinite ? t.y : 0)
                }
            }
        }
        if !builder.colors.isEmpty {
            mesh.colors = Array(filling: 4 * sources.count) { target in
                for (i, source) in sources.enumerated() {
                    for c in 0..<4 { target[4 * i + c] = builder.colors[source][c] }
                }
            }
        }
        return mesh
    }
}

extension Float {
    /// The bits, zeros of either sign alike.
    @inline(__always)
    fileprivate var word: UInt32 { (self + 0).bitPattern }
}

extension MeshBuilder.SIMD3Packed {
    @inline(__always)
    fileprivate func store(to target: UnsafeMutablePointer<Float>) { (target[0], target[1], target[2]) = (x, y, z) }

    /// Whether the bits are the same, zeros of either sign alike.
    @inline(__always)
    fileprivate func isSame(as other: Self) -> Bool {
        x.word == other.x.word && y.word == other.y.word && z.word == other.z.word
    }

    @inline(__always)
    fileprivate func hash(with number: UInt32) -> UInt64 {
        VertexTable.hash(SIMD4(number, x.word, y.word, z.word))
    }

    /// With positive zeros.
    fileprivate var plain: Self { Self(x: x + 0, y: y + 0, z: z + 0) }

    /// Of length 1, with positive zeros.
    fileprivate var rescaled: Self {
        let length = (x * x + y * y + z * z).squareRoot()
        // Lengths of 1 to within a few roundings are kept, so that equal normals stay equal.
        let scale = abs(length - 1) < 1e-6 ? 1 : 1 / length
        return Self(x: x * scale + 0, y: y * scale + 0, z: z * scale + 0)
    }
}
