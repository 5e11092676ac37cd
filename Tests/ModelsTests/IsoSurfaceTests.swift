// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Models

@Suite struct IsoSurfaceTests {
    private static func surface(_ dimensions: SIMD3<Int>, _ isInside: (SIMD3<Int>) -> Bool) -> Mesh {
        var samples: [UInt8] = []
        for z in 0..<dimensions.z {
            for y in 0..<dimensions.y {
                for x in 0..<dimensions.x { samples.append(isInside(SIMD3(x, y, z)) ? 255 : 0) }
            }
        }
        return IsoSurface(dimensions: dimensions, spacing: [1, 2, 3], samples: samples, value: 128).mesh()
    }

    /// How often each edge is walked in each direction.
    private static func edges(_ mesh: Mesh) -> [SIMD2<UInt32>: Int] {
        var edges: [SIMD2<UInt32>: Int] = [:]
        for start in stride(from: 0, to: mesh.indices.count, by: 3) {
            let corners = mesh.indices[start..<start + 3].map { $0 }
            for side in 0..<3 { edges[SIMD2(corners[side], corners[(side + 1) % 3]), default: 0] += 1 }
        }
        return edges
    }

    @Test("fields without a change have no surface", arguments: [1, 7])
    func constant(size: Int) {
        #expect(Self.surface(SIMD3(repeating: size)) { _ in true }.indices.isEmpty)
        #expect(Self.surface(SIMD3(repeating: size)) { _ in false }.indices.isEmpty)
    }

    @Test("a ball within the grid has a closed surface that faces outwards")
    func ball() {
        let mesh = Self.surface([9, 9, 9]) { place in
            let way = SIMD3<Float>(place &- 4)
            return (way * way).sum() <= 9
        }
        #expect(mesh.triangleCount > 100)
        let edges = Self.edges(mesh)
        for (edge, count) in edges { #expect(count == 1 && edges[SIMD2(edge.y, edge.x)] == 1) }
        let center = SIMD3<Float>(4.5, 9, 13.5)
        for corner in 0..<mesh.vertexCount {
            let place = SIMD3(
                mesh.positions[3 * corner], mesh.positions[3 * corner + 1], mesh.positions[3 * corner + 2])
            let normal = SIMD3(mesh.normals[3 * corner], mesh.normals[3 * corner + 1], mesh.normals[3 * corner + 2])
            #expect(((place - center) * normal).sum() > 0 && abs((normal * normal).sum() - 1) < 1e-4)
        }
    }

    @Test("what reaches the border ends open there")
    func border() {
        let mesh = Self.surface([4, 2, 2]) { $0.x < 2 }
        // One flat sheet in the middle, over the whole of y and z.
        for corner in 0..<mesh.vertexCount { #expect(abs(mesh.positions[3 * corner] - 2) < 0.01) }
        let heights = (0..<mesh.vertexCount).map { mesh.positions[3 * $0 + 1] }
        #expect(heights.min() == 0 && heights.max() == 4)
    }
}
