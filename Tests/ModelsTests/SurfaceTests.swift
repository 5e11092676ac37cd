// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Testing

@testable import Models

@Suite struct SurfaceTests {
    @Test("equal rows get one number, in the order they appear", arguments: [0, 1, 7, 64, 257])
    func weld(count: Int) {
        let rows = (0..<count).flatMap { [UInt32($0 % 5), UInt32($0 % 3)] }
        let (numbers, firsts) = RowWelder.weld(rows, width: 2)
        #expect(numbers.count == count && firsts.count == min(15, count))
        for row in 0..<count {
            let first = firsts[Int(numbers[row])]
            #expect(first <= row && rows[2 * first] == rows[2 * row] && rows[2 * first + 1] == rows[2 * row + 1])
        }
        #expect(firsts == firsts.sorted())
    }

    /// A tube of `sides` flat strips around z.
    private func tube(_ sides: Int) -> (points: [Vector3], corners: [UInt32]) {
        let points = (0..<sides).flatMap { i -> [Vector3] in
            let turn = 2 * Double.pi * Double(i) / Double(sides)
            return [Vector3(cos(turn), sin(turn), 0), Vector3(cos(turn), sin(turn), 1)]
        }
        let corners = (0..<sides).flatMap { i -> [UInt32] in
            let (a, b) = (UInt32(2 * i), UInt32(2 * ((i + 1) % sides)))
            return [a, b, b + 1, a, b + 1, a + 1]
        }
        return (points, corners)
    }

    @Test("gentle bends become smooth and sharp ones stay")
    func crease() {
        let round = tube(24)
        let smooth = NormalGenerator(points: round.points, corners: round.corners).cornerNormals()
        for (corner, point) in round.corners.enumerated() {
            let p = round.points[Int(point)]
            #expect((Vector3(smooth[corner]) - Vector3(p.x, p.y, 0)).length < 1e-5)
        }
        let edgy = tube(6)
        let flat = NormalGenerator(points: edgy.points, corners: edgy.corners).cornerNormals()
        for face in 0..<edgy.corners.count / 3 {
            #expect(flat[3 * face] == flat[3 * face + 1] && flat[3 * face] == flat[3 * face + 2])
        }
    }

    @Test("a hub where thousands of triangles meet takes no quadratic time, and keeps its normal")
    func hub() {
        let sides = 20_000
        let points =
            [Vector3.zero]
            + (0..<sides).map { i -> Vector3 in
                let turn = 2 * Double.pi * Double(i) / Double(sides)
                return Vector3(cos(turn), sin(turn), 0)
            }
        let corners = (0..<sides).flatMap { i -> [UInt32] in [0, UInt32(i + 1), UInt32((i + 1) % sides + 1)] }
        let normals = NormalGenerator(points: points, corners: corners).cornerNormals()
        #expect(normals.allSatisfy { (Vector3($0) - Vector3(0, 0, 1)).length < 1e-6 })
    }

    @Test("triangles without area and of 1e-30 units give unit normals")
    func oddTriangles() {
        let points = [Vector3.zero, Vector3(1e-30, 0, 0), Vector3(0, 1e-30, 0), Vector3(2e-30, 0, 0)]
        let normals = NormalGenerator(points: points, corners: [0, 1, 2, 0, 1, 3, 0, 0, 0]).cornerNormals()
        #expect(normals.count == 9)
        #expect(normals.allSatisfy { abs(Vector3($0).length - 1) < 1e-5 })
        #expect(normals[0] == SIMD3(0, 0, 1))
    }

    @Test("zeros of either sign are one corner")
    func negativeZero() {
        let corners: [MeshBuilder.SIMD3Packed] = [
            .init(x: 0, y: 0, z: 0), .init(x: 1, y: 0, z: 0), .init(x: 0, y: 1, z: 0),
            .init(x: -0.0, y: 0, z: -0.0), .init(x: 0, y: 1, z: 0), .init(x: -1, y: -0.0, z: 0),
        ]
        corners.withUnsafeBufferPointer { buffer in
            var builder = MeshBuilder(positions: buffer)
            builder.triangles = [0, 1, 2, 3, 4, 5]
            #expect(builder.dropUnusable() == 0)
            #expect(builder.build().vertexCount == 4)
        }
    }
}
