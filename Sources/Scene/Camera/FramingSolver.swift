// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds the nearest eye from which a set of points fits into a picture.
///
/// Works in the view's own coordinates (right, up, depth), shifted to the middle of the points and divided by their
/// size, so that boxes of 1e-30 and of 1e30 units are the same to it.
struct FramingSolver {
    private let basis: ViewBasis
    private let aspect: Double
    /// The part of the half picture that may be filled.
    private let filled: Double
    private let center: Vector3
    private let size: Double
    private let points: [Vector3]

    /// How near the nearest point may come to the eye, in sizes of the model.
    private static let nearest = 1e-3

    init(points given: [Vector3], basis: ViewBasis, aspect: Double, free margin: Double) {
        let box = Bounds(points: given.lazy.filter(\.isFinite))
        let middle = box.isEmpty ? .zero : box.min / 2 + box.max / 2
        let extent = box.isEmpty ? .zero : box.max / 2 - box.min / 2
        let radius = Swift.max(extent.x, extent.y, extent.z)
        // A box below the rounding of its place is a point; so is one of no size.
        let noise = Swift.max(abs(middle.x), abs(middle.y), abs(middle.z)) * 1e-15
        let size = radius > noise ? radius : Swift.max(noise * 1e6, middle == .zero ? 1 : noise)
        self.basis = basis
        self.aspect = aspect
        filled = Self.filled(margin)
        center = middle
        self.size = size > 0 ? size : 1
        let scale = self.size
        let inView = given.lazy.filter(\.isFinite).map { point -> Vector3 in
            let p = (point - middle) / scale
            return Vector3(p.dot(basis.right), p.dot(basis.up), p.dot(basis.direction))
        }
        self.points = box.isEmpty || radius <= noise ? [.zero] : Array(inView)
    }

    /// The part of the half picture that a margin leaves.
    static func filled(_ margin: Double) -> Double {
        1 - 2 * (margin.isFinite ? Swift.min(0.49, Swift.max(0, margin)) : 0)
    }

    /// The aspect, or 1 for one that no picture has.
    static func usable(_ aspect: Double) -> Double { aspect.isFinite && aspect > 0 ? aspect : 1 }

    func solve(_ projection: Projection) -> Framing {
        switch projection {
        case .orthographic: return orthographic()
        case .perspective(let fovy, _, _):
            let up = FramingSolver.tangent(fovy) * filled
            return framing(eye: perspectiveEye(up * aspect, up), projection)
        case .cylindric(let fovy):
            return framing(eye: cylindricEye(FramingSolver.tangent(fovy) * filled), projection)
        }
    }

    static func tangent(_ fovy: Double) -> Double {
        tan((fovy.isFinite ? Swift.min(179, Swift.max(0.01, fovy)) : 45) * .pi / 360)
    }

    private func framing(eye: Vector3, _ projection: Projection) -> Framing {
        let near = (points.map(\.z).min() ?? 0) - eye.z
        func inSpace(_ p: Vector3) -> Vector3 {
            center + (basis.right * p.x + basis.up * p.y + basis.direction * p.z) * size
        }
        return Framing(
            view: View(position: inSpace(eye), target: inSpace(Vector3(eye.x, eye.y, 0)), up: basis.up),
            projection: projection, nearClip: near * size / 2)
    }

    // MARK: Parallel rays

    private func orthographic() -> Framing {
        let box = Bounds(points: points)
        let height = Swift.max(box.size.y, box.size.x / aspect) / filled
        let eye = Vector3(box.center.x, box.center.y, box.min.z - 1)
        return framing(eye: eye, .orthographic(height: (height > 0 ? height : 2) * size))
    }

    // MARK: Pinhole

    /// Each point bounds the eye by two planes an axis, `|x - ex| ≤ t (z - ez)`; the nearest eye lies where the two
    /// strongest planes of the tighter axis meet.
    private func perspectiveEye(_ tx: Double, _ ty: Double) -> Vector3 {
        let (x, y) = (Spread(points, \.x, tx), Spread(points, \.y, ty))
        let nearest = (points.map(\.z).min() ?? 0) - FramingSolver.nearest
        var depth = Swift.min(x.depth, y.depth, nearest)
        if depth == nearest, x.isFlat, y.isFlat { depth = nearest - 2 / ty }
        return Vector3(middle(\.x, x, tx, depth), middle(\.y, y, ty, depth), depth)
    }

    /// The strongest of the planes that bound the eye along one picture axis.
    private struct Spread {
        var right = -Double.infinity
        var left = -Double.infinity
        var low = Double.infinity
        var high = -Double.infinity
        let tangent: Double

        init(_ points: [Vector3], _ axis: KeyPath<Vector3, Double>, _ tangent: Double) {
            self.tangent = tangent
            for point in points {
                let value = point[keyPath: axis]
                right = Swift.max(right, value - tangent * point.z)
                left = Swift.max(left, -value - tangent * point.z)
                low = Swift.min(low, value)
                high = Swift.max(high, value)
            }
        }

        /// The deepest the eye may stand.
        var depth: Double { -(right + left) / (2 * tangent) }
        /// Whether the points have no extent along the axis.
        var isFlat: Bool { high - low <= 1e-12 }
    }

    /// The place along one axis, within what the planes leave free, that leaves equal margins in the picture.
    private func middle(_ axis: KeyPath<Vector3, Double>, _ spread: Spread, _ tangent: Double, _ depth: Double)
        -> Double
    {
        var (low, high) = (spread.right + tangent * depth, -spread.left - tangent * depth)
        guard low < high else { return low / 2 + high / 2 }
        for _ in 0..<40 {
            let place = low / 2 + high / 2
            var (most, least) = (-Double.infinity, Double.infinity)
            for point in points {
                let slope = (point[keyPath: axis] - place) / (point.z - depth)
                most = Swift.max(most, slope)
                least = Swift.min(least, slope)
            }
            if most + least > 0 { low = place } else { high = place }
        }
        return low / 2 + high / 2
    }

    // MARK: Cylinder

    /// The picture covers the full turn, so only the height decides: `|y - ey| ≤ t ρ`, with ρ the distance from the
    /// eye's axis. The room left shrinks as the eye comes nearer; the place where it ends is found by halving.
    private func cylindricEye(_ tangent: Double) -> Vector3 {
        let box = Bounds(points: points)
        func room(_ depth: Double) -> (low: Double, high: Double) {
            var (low, high) = (-Double.infinity, Double.infinity)
            for point in points {
                let (dx, dz) = (point.x - box.center.x, point.z - depth)
                let reach = tangent * (dx * dx + dz * dz).squareRoot()
                low = Swift.max(low, point.y - reach)
                high = Swift.min(high, point.y + reach)
            }
            return (low, high)
        }
        // The eye stands at least as far before the model as it is wide, or one side would fill half the turn.
        var far = box.min.z - Swift.max(1e-3, box.size.x / 2, box.size.z / 2)
        if box.size.y <= 1e-12, box.size.x <= 1e-12 { far = box.min.z - 2 / tangent }
        if !fits(room(far)) {
            var near = far
            repeat { far = box.min.z - 2 * (box.min.z - far) } while !fits(room(far))
            for _ in 0..<60 {
                let depth = near / 2 + far / 2
                if fits(room(depth)) { far = depth } else { near = depth }
            }
        }
        let place = room(far)
        return Vector3(box.center.x, place.low / 2 + place.high / 2, far)
    }

    private func fits(_ room: (low: Double, high: Double)) -> Bool { room.low <= room.high }
}
