// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Testing

@testable import Models

@Suite struct SurfaceTests {
    typealias Point = MeshBuilder.SIMD3Packed

    /// The shapes that meshes are built of here.
    enum Shape: CaseIterable {
        case nothing, triangle, tube, prism, sphere, soup, fan, flat, tiny

        var surface: (positions: [Point], triangles: [UInt32]) {
            switch self {
            case .nothing: ([], [])
            case .triangle: (SurfaceTests.grid(2, 2) { x, y in (x, y, 0) }.positions, [0, 1, 3])
            case .tube:
                SurfaceTests.grid(25, 8) { x, y in (cos(SurfaceTests.turn(x)), sin(SurfaceTests.turn(x)), 3 * y) }
            case .prism: SurfaceTests.grid(7, 5) { x, y in (cos(SurfaceTests.turn(x)), sin(SurfaceTests.turn(x)), y) }
            case .sphere:
                SurfaceTests.grid(30, 20) { x, y in
                    (cos(SurfaceTests.turn(x)) * sin(.pi * y), sin(SurfaceTests.turn(x)) * sin(.pi * y), cos(.pi * y))
                }
            case .soup: SurfaceTests.soup
            case .fan: SurfaceTests.fan(300)
            case .flat: SurfaceTests.grid(9, 9) { x, y in (x < 0.5 ? 0 : x, y, -0.0) }
            case .tiny: SurfaceTests.grid(5, 5) { x, y in (x * 1e-30, y * 1e-30, x * y * 1e-30) }
            }
        }
    }

    /// Once round exactly, so that the seam closes.
    private static func turn(_ part: Double) -> Double { part == 1 ? 0 : 2 * .pi * part }

    private static func grid(
        _ columns: Int, _ rows: Int, _ place: (Double, Double) -> (Double, Double, Double)
    ) -> (positions: [Point], triangles: [UInt32]) {
        var (positions, triangles): ([Point], [UInt32]) = ([], [])
        for row in 0..<rows {
            for column in 0..<columns {
                let p = place(Double(column) / Double(columns - 1), Double(row) / Double(rows - 1))
                positions.append(Point(x: Float(p.0), y: Float(p.1), z: Float(p.2)))
                guard row > 0, column > 0 else { continue }
                let d = UInt32(row * columns + column)
                let (a, b, c) = (d - UInt32(columns) - 1, d - UInt32(columns), d - 1)
                triangles += [a, b, d, a, d, c]
            }
        }
        return (positions, triangles)
    }

    /// Triangles between few places, many of them the same or without area, with zeros of both signs.
    private static let soup: (positions: [Point], triangles: [UInt32]) = {
        var random = RepeatableRandom(seed: 7)
        let numbers: [Float] = [0, -0.0, 1, -1, 0.5]
        let positions = (0..<60).map { _ in
            Point(x: numbers[random.below(5)], y: numbers[random.below(5)], z: numbers[random.below(5)])
        }
        return (positions, (0..<3 * 150).map { _ in UInt32(random.below(60)) })
    }()

    private static func fan(_ sides: Int) -> (positions: [Point], triangles: [UInt32]) {
        let rim = (0..<sides).map { i -> Point in
            let turn = 2 * Double.pi * Double(i) / Double(sides)
            return Point(x: Float(cos(turn)), y: Float(sin(turn)), z: Float(i % 2))
        }
        let triangles = (0..<sides).flatMap { i -> [UInt32] in [0, UInt32(i + 1), UInt32((i + 1) % sides + 1)] }
        return ([Point(x: 0, y: 0, z: 0)] + rim, triangles)
    }

    /// What corners have besides places.
    struct Extras: OptionSet, CaseIterable {
        let rawValue: Int
        static let normals = Extras(rawValue: 1)
        static let coordinates = Extras(rawValue: 2)
        static let colors = Extras(rawValue: 4)
        static let allCases = (0..<8).map { Extras(rawValue: $0) }
    }

    @Test(
        "a mesh is what working corner by corner gives, on any number of threads", arguments: Shape.allCases,
        Extras.allCases)
    func reference(shape: Shape, extras: Extras) {
        let (positions, triangles) = shape.surface
        var reference = ReferenceSurface(positions: positions, triangles: triangles)
        let each = positions.indices
        if extras.contains(.normals) {
            reference.normals = each.map { Point(x: Float($0 % 3), y: -0.0, z: Float(1 + $0 % 2)) }
        }
        if extras.contains(.coordinates) {
            reference.coordinates = each.map { Point(x: Float($0 % 4) / 3, y: -0.0, z: Float($0)) }
        }
        if extras.contains(.colors) {
            reference.colors = each.map { SIMD4(Float($0 % 2), 0.5, 0.25, 1) }
        }
        let expected = reference.mesh()
        for threads in [1, 2, 5] {
            let mesh = Self.build(reference, WorkSplit(threads: threads, least: 16))
            #expect(mesh.indices == expected.indices)
            #expect(mesh.positions.map(\.bitPattern) == expected.positions.map(\.bitPattern))
            #expect(mesh.normals == expected.normals)
            #expect(mesh.textureCoordinates == expected.textureCoordinates && mesh.colors == expected.colors)
        }
    }

    private static func build(_ surface: ReferenceSurface, _ work: WorkSplit) -> Mesh {
        let none = UnsafeBufferPointer<Point>(start: nil, count: 0)
        return surface.positions.withUnsafeBufferPointer { positions in
            (surface.normals ?? []).withUnsafeBufferPointer { normals in
                (surface.coordinates ?? []).withUnsafeBufferPointer { coordinates in
                    var builder = MeshBuilder(positions: surface.positions.isEmpty ? none : positions)
                    builder.normals = surface.normals == nil ? nil : normals
                    builder.textureCoordinates = surface.coordinates == nil ? nil : coordinates
                    (builder.colors, builder.triangles, builder.work) = (surface.colors, surface.triangles, work)
                    #expect(builder.dropUnusable() == 0)
                    return builder.build()
                }
            }
        }
    }

    @Test("gentle bends become smooth and sharp ones stay")
    func crease() {
        let round = Self.grid(25, 2) { x, y in (cos(SurfaceTests.turn(x)), sin(SurfaceTests.turn(x)), y) }
        let smooth = Self.build(
            ReferenceSurface(positions: round.positions, triangles: round.triangles), WorkSplit(threads: 1))
        #expect(smooth.vertexCount == 48)
        for corner in 0..<smooth.vertexCount {
            let p = smooth.position(corner)
            let n = Vector3(
                Double(smooth.normals[3 * corner]), Double(smooth.normals[3 * corner + 1]),
                Double(smooth.normals[3 * corner + 2]))
            #expect((n - Vector3(p.x, p.y, 0)).length < 1e-5)
        }
        let edgy = Self.grid(7, 2) { x, y in (cos(SurfaceTests.turn(x)), sin(SurfaceTests.turn(x)), y) }
        let flat = Self.build(
            ReferenceSurface(positions: edgy.positions, triangles: edgy.triangles), WorkSplit(threads: 1))
        #expect(flat.vertexCount == 24)
    }

    @Test("hubs where tens of thousands of triangles meet take no quadratic time", arguments: [false, true])
    func hub(isFlat: Bool) {
        var fan = Self.fan(40_000)
        if isFlat { fan.positions = fan.positions.map { Point(x: $0.x, y: $0.y, z: 0) } }
        let mesh = Self.build(
            ReferenceSurface(positions: fan.positions, triangles: fan.triangles), WorkSplit(threads: 2))
        #expect(mesh.triangleCount == 40_000)
        if isFlat { #expect(mesh.vertexCount == 40_001) } else { #expect(mesh.vertexCount > 80_000) }
    }

    @Test("triangles without a place in space are taken out, the others stay in order")
    func unusable() {
        let places: [Float] = [0, 1, .nan, 2, .infinity, 3, 1e19]
        let points = places.map { Point(x: $0, y: $0 * $0, z: 1) }
        points.withUnsafeBufferPointer { buffer in
            var builder = MeshBuilder(positions: buffer)
            builder.triangles = [0, 1, 2, 0, 1, 3, 4, 5, 0, 1, 3, 5, 6, 0, 1]
            #expect(builder.dropUnusable() == 3)
            #expect(builder.triangles == [0, 1, 3, 1, 3, 5])
        }
    }
}
