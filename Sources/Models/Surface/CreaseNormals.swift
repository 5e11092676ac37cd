// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Normals of corners in places where faces meet at a crease.
struct CreaseNormals: ~Copyable {
    /// For each point of the surface its number here, or `UInt32.max`; empty when there is no crease at all.
    private let numbers: [UInt32]
    /// Corners of point `p`, rising: those before `starts[p + 1]`, from `starts[p]`.
    private var starts: [Int] = [0]
    /// A normal for each corner, in the order of points and then of corners.
    private var normals: [CornerNormals.Point] = []

    var isEmpty: Bool { normals.isEmpty }
    /// Corners that have a normal of their own here.
    var cornerCount: Int { normals.count }

    init(_ surface: borrowing CornerPoints, creased: (Int) -> Bool, _ work: WorkSplit) {
        var numbers: [UInt32] = []
        var count: UInt32 = 0
        for point in 0..<surface.count where creased(point) {
            if numbers.isEmpty { numbers = [UInt32](repeating: .max, count: surface.count) }
            numbers[point] = count
            count += 1
        }
        self.numbers = numbers
        guard count > 0 else { return }
        let meeting = meetings(surface.corners, Int(count))
        let points = surface.points.base
        let starts = starts
        normals = Array(filling: meeting.count) { normals in
            surface.corners.withUnsafeBufferPointer { corners in
                meeting.withUnsafeBufferPointer { meeting in
                    work.ranges(Int(count)) { range in
                        for point in range {
                            let place = starts[point]..<starts[point + 1]
                            Crease(corners: corners, points: points, meeting: meeting[place])
                                .normals(into: normals + place.lowerBound)
                        }
                    }
                }
            }
        }
    }

    /// The corners of each creased point, rising; sets `starts`.
    private mutating func meetings(_ corners: [UInt32], _ count: Int) -> [UInt32] {
        starts = [Int](repeating: 0, count: count + 1)
        for point in corners where numbers[Int(point)] != .max { starts[Int(numbers[Int(point)]) + 1] += 1 }
        for point in 0..<count { starts[point + 1] += starts[point] }
        var next = starts
        var meeting = [UInt32](repeating: 0, count: starts[count])
        for (corner, point) in corners.enumerated() where numbers[Int(point)] != .max {
            let number = Int(numbers[Int(point)])
            meeting[next[number]] = UInt32(corner)
            next[number] += 1
        }
        return meeting
    }

    /// Hands out the normals to one who asks for all corners in order.
    struct Cursor {
        private var next: [Int]

        init(_ creases: borrowing CreaseNormals) { next = creases.starts }

        /// The normal of the next corner of a point; `nil` where the point has no crease.
        mutating func next(_ point: Int, in creases: borrowing CreaseNormals) -> CornerNormals.Point? {
            guard !creases.isEmpty, creases.numbers[point] != .max else { return nil }
            let number = Int(creases.numbers[point])
            defer { next[number] += 1 }
            return creases.normals[next[number]]
        }
    }
}

/// The faces that meet in one place with a crease between some of them.
private struct Crease {
    let corners: UnsafeBufferPointer<UInt32>
    let points: UnsafePointer<CornerNormals.Point>
    let meeting: Slice<UnsafeBufferPointer<UInt32>>

    private static let limit = cos(CornerNormals.crease * .pi / 180)

    func normals(into normals: UnsafeMutablePointer<CornerNormals.Point>) {
        let faces = meeting.map { face(Int($0)) }
        for (place, own) in faces.enumerated() {
            var (x, y, z) = (0.0, 0.0, 0.0)
            if faces.count <= CornerNormals.largestMeeting {
                for other in faces where other.normal.dot(own.normal) >= Self.limit {
                    x += other.normal.x * other.angle
                    y += other.normal.y * other.angle
                    z += other.normal.z * other.angle
                }
            }
            let unit = FaceGeometry.Triple(x, y, z).unit
            normals[place] = unit.isZero ? own.normal.single : unit.single
        }
    }

    private func face(_ corner: Int) -> (normal: FaceGeometry.Triple, angle: Double) {
        let base = corner - corner % 3
        func point(_ i: Int) -> FaceGeometry.Triple { FaceGeometry.Triple(points[Int(corners[base + i])]) }
        let face = FaceGeometry(point(0), point(1), point(2))
        return (face.normal, face.angle(corner - base))
    }
}
