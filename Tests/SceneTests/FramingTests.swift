// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Testing

/// Picture coordinates, ±1 at the edges, and the depth of points under a framing; written apart from the solver.
struct Picture {
    var extent: SIMD2<Double>
    var nearest: Double
    var filled: (low: SIMD2<Double>, high: SIMD2<Double>)

    init(_ framing: Framing, _ points: [Vector3], aspect: Double) {
        let view = framing.view
        let forward = (view.target - view.position).normalized ?? .zero
        let right = forward.cross(view.up).normalized ?? .zero
        let up = right.cross(forward)
        var (low, high) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
        var nearest = Double.infinity
        for point in points {
            let p = point - view.position
            let (x, y, z) = (p.dot(right), p.dot(up), p.dot(forward))
            let place: SIMD2<Double>
            switch framing.projection {
            case .perspective(let fovy, _, _):
                let t = tan(fovy * .pi / 360)
                place = SIMD2(x / z / t / aspect, y / z / t)
            case .orthographic(let height):
                place = SIMD2(x / (height / 2) / aspect, y / (height / 2))
            case .cylindric(let fovy):
                place = SIMD2(atan2(x, z) / .pi, y / (x * x + z * z).squareRoot() / tan(fovy * .pi / 360))
            }
            low = pointwiseMin(low, place)
            high = pointwiseMax(high, place)
            nearest = min(nearest, z)
        }
        (filled, self.nearest) = ((low, high), nearest)
        extent = pointwiseMax(high, -low)
    }
}

@Suite struct FramingTests {
    static let projections: [Projection] = [
        .perspective(), .perspective(fovy: 10), .perspective(fovy: 120), .orthographic(height: 7), .cylindric(fovy: 48),
    ]

    struct Draw {
        var generator: SystemRandomNumberGenerator.Seeded
        mutating func number(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &generator) }
        mutating func vector(_ range: ClosedRange<Double>) -> Vector3 {
            Vector3(number(range), number(range), number(range))
        }
    }

    @Test("random boxes are never clipped and fill one axis up to the margin", arguments: projections)
    func boxes(projection: Projection) throws {
        var draw = Draw(generator: .init(seed: 7))
        for round in 0..<300 {
            let center = draw.vector(-100...100)
            let half = Vector3(pow(10, draw.number(-2...2)), pow(10, draw.number(-2...2)), pow(10, draw.number(-2...2)))
            let box = Bounds(min: center - half, max: center + half)
            let (aspect, margin) = (pow(10, draw.number(-0.6...0.6)), draw.number(0...0.3))
            let framing = Framing.fit(
                bounds: box, direction: draw.vector(-1...1), up: draw.vector(-1...1), projection: projection,
                aspect: aspect, margin: margin)
            let picture = Picture(framing, box.corners, aspect: aspect)
            let limit = 1 - 2 * margin
            #expect(picture.nearest > framing.nearClip && framing.nearClip > 0, "round \(round)")
            #expect(picture.extent.y <= limit + 1e-9, "round \(round)")
            if case .cylindric = projection { continue }
            #expect(picture.extent.x <= limit + 1e-9, "round \(round)")
            let reached = pointwiseMin(picture.filled.high, -picture.filled.low)
            let gap = limit - max(reached.x, reached.y)
            // A very wide lens may be stopped by the nearest distance before an axis is filled.
            let stopped = picture.nearest < 2e-3 * half.max()
            #expect(gap < 1e-6 || stopped, "round \(round): \(reached) of \(limit)")
            #expect(abs(picture.filled.high.x + picture.filled.low.x) < 1e-6, "round \(round) is off the middle")
            #expect(abs(picture.filled.high.y + picture.filled.low.y) < 1e-6, "round \(round) is off the middle")
        }
    }

    @Test("points are framed tighter than their box")
    func points() {
        let ball = (0..<400).map { i -> Vector3 in
            let (z, turn) = (1 - (2 * Double(i) + 1) / 400, 2.399963 * Double(i))
            let r = (1 - z * z).squareRoot()
            return Vector3(r * cos(turn), r * sin(turn), z) + Vector3(5, 6, 7)
        }
        func distance(_ framing: Framing) -> Double { (framing.view.position - Vector3(5, 6, 7)).length }
        let direction = Vector3(-1, -0.5, -1)
        let tight = Framing.fit(
            points: ball, direction: direction, up: Vector3(0, 1, 0), projection: .perspective(), aspect: 1)
        let loose = Framing.fit(
            bounds: Bounds(points: ball), direction: direction, up: Vector3(0, 1, 0), projection: .perspective(),
            aspect: 1)
        #expect(distance(tight) < distance(loose))
        let picture = Picture(tight, ball, aspect: 1)
        #expect(abs(picture.extent.max() - 0.9) < 1e-6)
    }

    @Test("a cylindric picture of a tall box is filled upwards")
    func cylinder() {
        let box = Bounds(min: Vector3(-1, -5, -1), max: Vector3(1, 5, 1))
        let framing = Framing.fit(
            bounds: box, direction: Vector3(0, 0, -1), up: Vector3(0, 1, 0), projection: .cylindric(fovy: 45),
            aspect: 2, margin: 0.1)
        #expect(abs(Picture(framing, box.corners, aspect: 2).extent.y - 0.8) < 1e-6)
    }

    static let degenerate: [Bounds] = [
        .empty, Bounds(min: .zero, max: .zero), Bounds(min: Vector3(3, 4, 5), max: Vector3(3, 4, 5)),
        Bounds(min: Vector3(0, 0, -1), max: Vector3(0, 0, 1)), Bounds(min: Vector3(-1, -1, 0), max: Vector3(1, 1, 0)),
        Bounds(min: Vector3(-1, 0, -1), max: Vector3(1, 0, 1)),
        Bounds(min: Vector3(repeating: -1e30), max: Vector3(repeating: 1e30)),
        Bounds(min: Vector3(repeating: -1e-30), max: Vector3(repeating: 1e-30)),
        Bounds(min: Vector3(repeating: 1e-30), max: Vector3(1e30, 2e-30, 3)),
        Bounds(min: Vector3(repeating: -3.4e38), max: Vector3(repeating: 3.4e38)),
    ]

    @Test("boxes without volume and of any magnitude give a usable camera", arguments: degenerate)
    func oddBoxes(box: Bounds) {
        for projection in Self.projections {
            for preset in ViewPreset.allCases {
                let framing = Framing.fit(
                    bounds: box, direction: preset.direction(up: .plusY), up: preset.upVector(up: .plusY),
                    projection: projection, aspect: 1.5)
                let view = framing.view
                #expect(view.position.isFinite && view.target.isFinite && view.up.isFinite)
                #expect(framing.nearClip > 0 && framing.nearClip.isFinite)
                #expect(view.position != view.target)
                if case .orthographic(let height) = framing.projection { #expect(height > 0 && height.isFinite) }
                guard !box.isEmpty, box.diagonal.isFinite else { continue }
                let picture = Picture(framing, box.corners, aspect: 1.5)
                #expect(picture.extent.max() <= 0.9 + 1e-6, "\(projection) \(preset)")
                #expect(picture.nearest > framing.nearClip)
            }
        }
    }

    @Test("nonsense in the arguments is put right instead of trapping")
    func nonsense() {
        let box = Bounds(min: .zero, max: Vector3(repeating: 1))
        for aspect in [0, -1, Double.nan, .infinity] {
            for margin in [-1, 0.5, 7, Double.nan] {
                let framing = Framing.fit(
                    bounds: box, direction: .zero, up: .zero, projection: .perspective(fovy: .nan), aspect: aspect,
                    margin: margin)
                #expect(framing.view.position.isFinite && framing.nearClip > 0)
            }
        }
        let holes = Framing.fit(
            points: [Vector3(.nan, 0, 0), Vector3(.infinity, 1, 1), .zero, Vector3(1, 1, 1)],
            direction: Vector3(0, 0, -1), up: Vector3(0, 1, 0), projection: .perspective(), aspect: 1)
        #expect(holes.view.position.isFinite)
    }

    @Test("a turntable keeps size, middle and frame over the turn", arguments: projections)
    func turntable(projection: Projection) throws {
        let box = Bounds(min: Vector3(1, 2, 3), max: Vector3(5, 3, 4))
        let cameras = Turntable(views: 12, axis: .plusY, elevation: 20).cameras(
            bounds: box, projection: projection, aspect: 1.3, margin: 0.05)
        #expect(cameras.count == 12)
        let distance = cameras[0].view.distance
        var largest = 0.0
        for camera in cameras {
            #expect((camera.view.target - box.center).length < 1e-9)
            #expect(abs(camera.view.distance - distance) < 1e-9)
            #expect(camera.projection == cameras[0].projection)
            let picture = Picture(camera, box.corners, aspect: 1.3)
            #expect(picture.extent.max() <= 0.9 + 1e-9 && picture.nearest > camera.nearClip)
            largest = max(largest, picture.extent.max())
        }
        if case .cylindric = projection { return }
        #expect(largest > 0.9 - 1e-6)
    }

    @Test("the full-screen view is the Python client's")
    func fullScreen() {
        let box = Bounds(min: Vector3(-1, -2, -3), max: Vector3(3, 4, 5))
        // Distances as brayns 3.10.1's CameraController gives them for this box.
        let front = Framing.fullScreen(bounds: box, aspect: 2, projection: .perspective(fovy: 45))
        let expected = 6 / 2 / tan(22.5 * Double.pi / 180) + 4
        #expect((front.view.position - (box.center + Vector3(0, 0, expected))).length < 1e-12)
        let right = Framing.fullScreen(
            bounds: box, aspect: 0.5, rotation: .euler(degrees: Vector3(0, 90, 0)), projection: .orthographic(height: 1)
        )
        #expect((right.view.position - (box.center + Vector3(2, 0, 0))).length < 1e-12)
        guard case .orthographic(let height) = right.projection else { return }
        #expect(abs(height - 16) < 1e-12)
    }
}

extension SystemRandomNumberGenerator {
    /// SplitMix64: the same draws in every run.
    struct Seeded: RandomNumberGenerator {
        private var state: UInt64
        init(seed: UInt64) { state = seed }
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
