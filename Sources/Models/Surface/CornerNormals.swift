// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Makes normals for triangles that have none: smooth over gentle bends, broken at creases.
///
/// A corner's normal is the sum of the faces that meet in its place at less than the crease's angle to its own face,
/// each weighted by its angle there. Where all faces of a place lie within half that angle of the first of them, which
/// is nearly everywhere on curved bodies, they all count for each other: one sum serves all corners.
struct CornerNormals: ~Copyable {
    typealias Point = PointWelder.Point

    /// Faces that meet at a smaller angle than this, in degrees, are smoothed into each other.
    ///
    /// 40 keeps the edges of boxes and of eight-sided columns and smooths the bodies that scanners and CAD programs
    /// write.
    static let crease = 40.0
    /// Where more corners than this meet, each keeps its face's normal: hubs of fans would take quadratic time.
    static let largestMeeting = 256

    /// For each point the normal that all its corners share; undefined for points in `creases`.
    let shared: LargeBuffer<Point>
    /// Points whose corners have normals of their own, and those.
    let creases: CreaseNormals

    init(_ surface: borrowing CornerPoints, _ work: WorkSplit) {
        let (points, count) = (surface.points.base, surface.count)
        shared = LargeBuffer(count)
        let sums = LargeBuffer(repeating: MeetingSum(), count: count)
        let parts = work.parts(surface.corners.count, atMost: 8)
        let (meetings, normals) = (sums.base, shared.base)
        surface.corners.withUnsafeBufferPointer { corners in
            let pass = MeetingPass(corners: corners, points: points, sums: meetings)
            work.numbers(parts) { part in
                let range = count * part / parts..<count * (part + 1) / parts
                pass.add(to: range)
                pass.finish(range, into: normals)
            }
        }
        creases = CreaseNormals(surface, creased: { meetings[$0].isCreased }, work)
    }
}

/// What is known of the faces that meet in one place.
private struct MeetingSum {
    var x = 0.0, y = 0.0, z = 0.0
    /// The normal of the first face.
    var first = PointWelder.Point(x: 0, y: 0, z: 0)
    var count: UInt32 = 0
    var isCreased = false
}

/// Goes through all faces in order and adds each to the places of its corners.
private struct MeetingPass: @unchecked Sendable {
    // Sendable: each thread writes to the sums of its own range only.

    let corners: UnsafeBufferPointer<UInt32>
    let points: UnsafePointer<PointWelder.Point>
    let sums: UnsafeMutablePointer<MeetingSum>

    /// A little more than the cosine of half the crease: what passes in single precision passes.
    private static let near = Float(cos(CornerNormals.crease / 2 * .pi / 180)) + 1e-4

    /// Adds all faces to the sums of a range of points, in the order of the faces.
    func add(to range: Range<Int>) {
        let (low, span) = (UInt32(range.lowerBound), UInt32(range.count))
        var corner = 0
        while corner + 2 < corners.count {
            let (a, b, c) = (corners[corner], corners[corner + 1], corners[corner + 2])
            corner += 3
            let isOwn = (a &- low < span, b &- low < span, c &- low < span)
            guard isOwn.0 || isOwn.1 || isOwn.2 else { continue }
            let face = FaceGeometry(
                FaceGeometry.Triple(points[Int(a)]), FaceGeometry.Triple(points[Int(b)]),
                FaceGeometry.Triple(points[Int(c)]))
            if isOwn.0 { add(face, 0, sums + Int(a)) }
            if isOwn.1 { add(face, 1, sums + Int(b)) }
            if isOwn.2 { add(face, 2, sums + Int(c)) }
        }
    }

    @inline(__always)
    private func add(_ face: FaceGeometry, _ corner: Int, _ sum: UnsafeMutablePointer<MeetingSum>) {
        guard !sum.pointee.isCreased else { return }
        let normal = face.normal
        let single = normal.single
        if sum.pointee.count == 0 { sum.pointee.first = single }
        let first = sum.pointee.first
        let cosine = first.x * single.x + first.y * single.y + first.z * single.z
        sum.pointee.count += 1
        guard cosine >= Self.near, sum.pointee.count <= UInt32(CornerNormals.largestMeeting) else {
            sum.pointee.isCreased = true
            return
        }
        let angle = face.angle(corner)
        sum.pointee.x += normal.x * angle
        sum.pointee.y += normal.y * angle
        sum.pointee.z += normal.z * angle
    }

    /// Makes the normals of a range of points out of their sums.
    func finish(_ range: Range<Int>, into normals: UnsafeMutablePointer<PointWelder.Point>) {
        for point in range {
            guard !sums[point].isCreased else { continue }
            let unit = FaceGeometry.Triple(sums[point].x, sums[point].y, sums[point].z).unit
            // Faces that cancel out leave each corner its own.
            if unit.isZero { sums[point].isCreased = true } else { normals[point] = unit.single }
        }
    }
}
