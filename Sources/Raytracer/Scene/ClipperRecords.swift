// SPDX-License-Identifier: Apache-2.0
import CShading
import Models
import Scene

/// What cuts a scene open, as the kernels take it.
struct ClipperRecords {
    private(set) var shapes: [shading_clip_shape] = []
    private(set) var clippers: [shading_clipper] = []

    init(planes: [SIMD4<Double>], _ clippers: [Clipper]) {
        var cut = Primitives()
        cut.planes = planes.map { Primitives.Plane(coefficients: SIMD4<Float>($0), color: SIMD4(repeating: 1)) }
        add(Clipper(shapes: cut))
        for clipper in clippers { add(clipper) }
    }

    private mutating func add(_ clipper: Clipper) {
        var place = shading_clip_shape()
        if clipper.transform != .identity {
            guard let inverse = clipper.transform.inverse else { return }
            place.is_placed = 1
            place.to_local = inverse.columns
        }
        let first = shapes.count
        add(clipper.shapes, at: place)
        let count = shapes.count - first
        // Without a shape nothing is cut, not even by what is turned inside out.
        guard count > 0 else { return }
        clippers.append(
            shading_clipper(
                first: UInt32(clamping: first), count: UInt32(clamping: count),
                is_inverted: clipper.isInverted ? 1 : 0))
    }

    private mutating func add(_ primitives: Primitives, at place: shading_clip_shape) {
        for sphere in primitives.spheres {
            append(SHADING_CLIP_SPHERE, place) { $0.a = Self.ball(sphere.center, sphere.radius) }
        }
        for capsule in primitives.capsules {
            append(SHADING_CLIP_CAPSULE, place) {
                $0.a = Self.ball(capsule.p0, capsule.r0)
                $0.b = Self.ball(capsule.p1, capsule.r1)
            }
        }
        for box in primitives.boxes {
            append(SHADING_CLIP_BOX, place) {
                $0.a = Self.ball(box.min, 0)
                $0.b = Self.ball(box.max, 0)
            }
        }
        for plane in primitives.planes {
            let c = plane.coefficients
            guard c.x != 0 || c.y != 0 || c.z != 0 else { continue }
            guard let low = plane.boundsMin, let high = plane.boundsMax else {
                append(SHADING_CLIP_PLANE, place) { $0.a = (c.x, c.y, c.z, c.w) }
                continue
            }
            append(SHADING_CLIP_BOUNDED_PLANE, place) {
                $0.a = (c.x, c.y, c.z, c.w)
                $0.low = (low.x, low.y, low.z)
                $0.high = (high.x, high.y, high.z)
            }
        }
    }

    private mutating func append(
        _ kind: Int, _ place: shading_clip_shape, _ fill: (inout shading_clip_shape) -> Void
    ) {
        var shape = place
        shape.kind = UInt32(kind)
        fill(&shape)
        shapes.append(shape)
    }

    private static func ball(_ center: SIMD3<Float>, _ radius: Float) -> (Float, Float, Float, Float) {
        (center.x, center.y, center.z, abs(radius))
    }
}
