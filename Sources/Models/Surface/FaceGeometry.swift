// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a triangle's corners weigh in the normals around it, in double precision.
struct FaceGeometry {
    /// A direction or place.
    struct Triple {
        var x, y, z: Double

        @inline(__always)
        init(_ x: Double, _ y: Double, _ z: Double) { (self.x, self.y, self.z) = (x, y, z) }
        @inline(__always)
        init(_ p: PointWelder.Point) { self.init(Double(p.x), Double(p.y), Double(p.z)) }
        @inline(__always)
        static func - (a: Triple, b: Triple) -> Triple { Triple(a.x - b.x, a.y - b.y, a.z - b.z) }
        @inline(__always)
        static func / (a: Triple, s: Double) -> Triple { Triple(a.x / s, a.y / s, a.z / s) }
        @inline(__always)
        func dot(_ o: Triple) -> Double { x * o.x + y * o.y + z * o.z }
        @inline(__always)
        var largest: Double { max(x.magnitude, y.magnitude, z.magnitude) }
        @inline(__always)
        var isZero: Bool { x == 0 && y == 0 && z == 0 }
        /// Length 1, or zero where there is no direction.
        @inline(__always)
        var unit: Triple {
            let length = dot(self).squareRoot()
            return length > 0 && length.isFinite ? self / length : Triple(0, 0, 0)
        }
        /// The same in single precision.
        @inline(__always)
        var single: PointWelder.Point { PointWelder.Point(x: Float(x), y: Float(y), z: Float(z)) }
    }

    /// Directions of the edges from corner 0 to 1, 1 to 2 and 2 to 0; zero for an edge without length.
    private let e0, e1, e2: Triple
    /// The unit normal; along z for a triangle without area.
    let normal: Triple

    @inline(__always)
    init(_ a: Triple, _ b: Triple, _ c: Triple) {
        normal = Self.normal(b - a, c - a)
        (e0, e1, e2) = ((b - a).unit, (c - b).unit, (a - c).unit)
    }

    @inline(__always)
    static func normal(_ u: Triple, _ v: Triple) -> Triple {
        // Scaled, so that triangles of 1e-30 units do not vanish.
        let size = max(u.largest, v.largest)
        guard size > 0, size.isFinite else { return Triple(0, 0, 1) }
        let (s, t) = (u / size, v / size)
        let unit = Triple(s.y * t.z - s.z * t.y, s.z * t.x - s.x * t.z, s.x * t.y - s.y * t.x).unit
        return unit.isZero ? Triple(0, 0, 1) : unit
    }

    /// The angle at a corner 0…2, in radians; 0 where an edge has no length.
    @inline(__always)
    func angle(_ corner: Int) -> Double {
        let (out, back) = corner == 0 ? (e0, e2) : corner == 1 ? (e1, e0) : (e2, e1)
        guard !out.isZero, !back.isZero else { return 0 }
        return acos(min(1, max(-1, -out.dot(back))))
    }
}
