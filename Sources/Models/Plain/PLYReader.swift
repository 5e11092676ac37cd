// SPDX-License-Identifier: Apache-2.0

/// Reads binary PLY as scanners and programs write it: vertices with positions, perhaps normals and colours, then
/// faces of three corners each.
///
/// Whatever else a file holds (polygons, strips, texture coordinates, text) is left to Assimp.
struct PLYReader: ~Copyable {
    private let bytes: FileBytes
    private let header: PLYHeader
    private let vertices: PLYHeader.Element
    private let faces: PLYHeader.Element
    private let work: WorkSplit

    /// Names of vertex properties that change nothing here; any other means something that this reader does not know.
    private static let known: Set<String> = [
        "x", "y", "z", "nx", "ny", "nz", "red", "green", "blue", "alpha", "confidence", "intensity", "quality",
        "curvature", "radius",
    ]

    init?(_ file: ReadableFile, _ work: WorkSplit) {
        guard let header = PLYHeader(file.head(1 << 16)), !header.isText, header.elements.count == 2 else { return nil }
        let (vertices, faces) = (header.elements[0], header.elements[1])
        guard vertices.name == "vertex", faces.name == "face", vertices.count > 0, faces.count > 0,
            let stride = vertices.stride, faces.properties.count == 1,
            let list = faces.properties.first, ["vertex_indices", "vertex_index"].contains(list.name),
            list.count == .uint8, list.type == .int32 || list.type == .uint32,
            vertices.properties.allSatisfy({ Self.known.contains($0.name) }),
            Set(vertices.properties.map(\.name)).count == vertices.properties.count
        else { return nil }
        // Of triangles only, the file is exactly this long; the counts are then no larger than it.
        let (corners, first) = vertices.count.multipliedReportingOverflow(by: stride)
        let (triangles, second) = faces.count.multipliedReportingOverflow(by: 13)
        let (size, third) = corners.addingReportingOverflow(triangles)
        guard !first, !second, !third, size == file.size - header.size, vertices.count <= Int(Int32.max) else {
            return nil
        }
        guard let bytes = FileBytes(file, work) else { return nil }
        self.bytes = bytes
        (self.header, self.vertices, self.faces, self.work) = (header, vertices, faces, work)
    }

    consuming func mesh() -> PlainMesh? {
        var mesh = PlainMesh(corners: vertices.count)
        guard readVectors(["x", "y", "z"], into: mesh.positions.base) else { return nil }
        if vertices.place("nx") != nil {
            mesh.normals = LargeBuffer(vertices.count)
            guard readVectors(["nx", "ny", "nz"], into: mesh.normals.base) else { return nil }
            mesh.hasNormals = true
        } else if vertices.place("ny") != nil || vertices.place("nz") != nil {
            return nil
        }
        guard let colors = colors(), let triangles = triangles() else { return nil }
        (mesh.colors, mesh.triangles, mesh.faceCount) = (colors, triangles, faces.count)
        return mesh
    }

    /// Copies three single-precision properties that stand in a row.
    private borrowing func readVectors(_ names: [String], into target: UnsafeMutablePointer<PlainMesh.Point>) -> Bool {
        let places = names.map { vertices.place($0) }
        guard let first = places[0], let stride = vertices.stride, first.type == .float32,
            places[1]?.offset == first.offset + 4, places[2]?.offset == first.offset + 8,
            places[1]?.type == .float32, places[2]?.type == .float32
        else { return false }
        let source = bytes.base + header.size + first.offset
        let isBig = header.isBigEndian
        work.ranges(vertices.count) { range in
            for row in range {
                let place = source + stride * row
                target[row] =
                    isBig
                    ? .init(
                        x: place.float(bigEndian: 0), y: place.float(bigEndian: 4), z: place.float(bigEndian: 8))
                    : .init(littleEndianAt: place)
            }
        }
        return true
    }

    /// Colours of one byte or float a channel, alpha 1 where there is none; empty without any, `nil` when not understood.
    private borrowing func colors() -> [SIMD4<Float>]? {
        let places = ["red", "green", "blue"].map { vertices.place($0) }
        let alpha = vertices.place("alpha")
        guard places.contains(where: { $0 != nil }) else { return alpha == nil ? [] : nil }
        guard let red = places[0], let green = places[1], let blue = places[2], let stride = vertices.stride,
            red.type == .uint8 || red.type == .float32,
            [green, blue, alpha ?? red].allSatisfy({ $0.type == red.type })
        else { return nil }
        let source = bytes.base + header.size
        let (isByte, isBig) = (red.type == .uint8, header.isBigEndian)
        return Array(filling: vertices.count) { target in
            work.ranges(vertices.count) { range in
                for row in range {
                    let place = source + stride * row
                    func channel(_ offset: Int) -> Float {
                        if isByte { return Float(place.load(fromByteOffset: offset, as: UInt8.self)) / 255 }
                        return isBig ? place.float(bigEndian: offset) : place.float(littleEndian: offset)
                    }
                    target[row] = SIMD4(
                        channel(red.offset), channel(green.offset), channel(blue.offset),
                        alpha.map { channel($0.offset) } ?? 1)
                }
            }
        }
    }

    /// The triangles whose corners are there and differ; `nil` when a face is no triangle.
    private borrowing func triangles() -> [UInt32]? {
        let source = bytes.base + header.size + (vertices.stride ?? 0) * vertices.count
        let (count, limit, isBig) = (faces.count, UInt32(vertices.count), header.isBigEndian)
        let parts = work.parts(count)
        let found = LargeBuffer(repeating: (odd: 0, bad: 0), count: parts)
        let tally = found.base
        var result: [UInt32] = Array(filling: 3 * count) { target in
            work.numbers(parts) { part in
                var (odd, bad) = (0, 0)
                for face in count * part / parts..<count * (part + 1) / parts {
                    let row = source + 13 * face
                    if row.load(as: UInt8.self) != 3 { odd += 1 }
                    for i in 0..<3 {
                        let word = row.loadUnaligned(fromByteOffset: 1 + 4 * i, as: UInt32.self)
                        target[3 * face + i] = isBig ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
                    }
                    if !Self.isDrawn(target + 3 * face, limit) { bad += 1 }
                }
                tally[part] = (odd, bad)
            }
        }
        guard (0..<parts).allSatisfy({ tally[$0].odd == 0 }) else { return nil }
        if (0..<parts).contains(where: { tally[$0].bad > 0 }) { Self.keepDrawn(&result, limit) }
        return result
    }

    /// Whether the corners are there, and no two the same.
    @inline(__always)
    private static func isDrawn(_ t: UnsafePointer<UInt32>, _ limit: UInt32) -> Bool {
        t[0] < limit && t[1] < limit && t[2] < limit && t[0] != t[1] && t[1] != t[2] && t[2] != t[0]
    }

    private static func keepDrawn(_ triangles: inout [UInt32], _ limit: UInt32) {
        let kept = triangles.withUnsafeMutableBufferPointer { buffer -> Int in
            guard let base = buffer.baseAddress else { return 0 }
            var kept = 0
            for start in stride(from: 0, to: buffer.count, by: 3) where isDrawn(base + start, limit) {
                for i in 0..<3 { base[kept + i] = base[start + i] }
                kept += 3
            }
            return kept
        }
        triangles.removeLast(triangles.count - kept)
    }
}
