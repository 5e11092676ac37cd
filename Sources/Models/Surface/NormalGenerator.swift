// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene

/// Makes normals for triangles that have none: smooth over gentle bends, broken at creases.
struct NormalGenerator {
    /// Faces that meet at a smaller angle than this, in degrees, are smoothed into each other.
    ///
    /// 40 keeps the edges of boxes and of eight-sided columns and smooths the bodies that scanners and CAD programs
    /// write.
    static let crease = 40.0
    /// Where more corners than this meet, each keeps its face's normal: hubs of fans would take quadratic time.
    private static let largestMeeting = 256

    private let points: [Vector3]
    private let corners: [UInt32]

    /// - Parameters:
    ///   - points: positions, no two equal.
    ///   - corners: three indices into `points` a triangle.
    init(points: [Vector3], corners: [UInt32]) {
        (self.points, self.corners) = (points, corners)
    }

    /// A unit normal for each corner of each triangle: the sum of the faces that meet there within the crease,
    /// weighted by their angle. Corners of triangles without area point along z.
    func cornerNormals() -> [SIMD3<Float>] {
        let faces = (0..<corners.count / 3).map(faceNormal)
        let angles = (0..<corners.count).map { angle(at: $0) }
        let (starts, meeting) = meetings()
        let limit = cos(Self.crease * .pi / 180)
        return [SIMD3<Float>](unsafeUninitializedCapacity: corners.count) { result, filled in
            for corner in 0..<corners.count {
                let own = faces[corner / 3]
                let point = Int(corners[corner])
                var sum = Vector3.zero
                if Int(starts[point + 1] - starts[point]) <= Self.largestMeeting {
                    for place in Int(starts[point])..<Int(starts[point + 1]) {
                        let other = Int(meeting[place])
                        let normal = faces[other / 3]
                        if normal.dot(own) >= limit { sum += normal * angles[other] }
                    }
                }
                result[corner] = SIMD3<Float>(sum.normalized ?? own)
            }
            filled = corners.count
        }
    }

    private func point(_ corner: Int) -> Vector3 { points[Int(corners[corner])] }

    private func faceNormal(_ face: Int) -> Vector3 {
        let (a, b, c) = (point(3 * face), point(3 * face + 1), point(3 * face + 2))
        let (u, v) = (b - a, c - a)
        // Scaled, so that triangles of 1e-30 units do not vanish.
        let size = max(u.max(), -u.min(), v.max(), -v.min())
        guard size > 0, size.isFinite else { return Vector3(0, 0, 1) }
        return (u / size).cross(v / size).normalized ?? Vector3(0, 0, 1)
    }

    private func angle(at corner: Int) -> Double {
        let base = corner - corner % 3
        let p = point(corner)
        let u = point(base + (corner - base + 1) % 3) - p
        let v = point(base + (corner - base + 2) % 3) - p
        guard let a = u.normalized, let b = v.normalized else { return 0 }
        return acos(min(1, max(-1, a.dot(b))))
    }

    /// The corners that lie on each point: `meeting[starts[p]..<starts[p + 1]]`.
    private func meetings() -> (starts: [UInt32], meeting: [UInt32]) {
        var starts = [UInt32](repeating: 0, count: points.count + 1)
        for point in corners { starts[Int(point) + 1] += 1 }
        for point in 0..<points.count { starts[point + 1] += starts[point] }
        var next = starts
        var meeting = [UInt32](repeating: 0, count: corners.count)
        for (corner, point) in corners.enumerated() {
            meeting[Int(next[Int(point)])] = UInt32(corner)
            next[Int(point)] += 1
        }
        return (starts, meeting)
    }
}
