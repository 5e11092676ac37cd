// SPDX-License-Identifier: Apache-2.0
import CShading

/// The stretch of each ray that lies within a shape.
@inline(never)
func clipSpan(_ shape: shading_clip_shape, _ worldOrigin: Vec, _ worldDirection: Vec) -> Span {
    var (origin, direction) = (worldOrigin, worldDirection)
    if shape.is_placed != 0 {
        let m = shape.to_local
        let (x, y, z) = (Vec(m.0, m.1, m.2), Vec(m.3, m.4, m.5), Vec(m.6, m.7, m.8))
        origin = x * worldOrigin.x + y * worldOrigin.y + z * worldOrigin.z + Vec(m.9, m.10, m.11)
        // Not of length 1 any more, so that distances along the ray stay what they are.
        direction = x * worldDirection.x + y * worldDirection.y + z * worldDirection.z
    }
    switch shape.kind {
    case UInt32(SHADING_CLIP_SPHERE):
        return ballSpan(Vec(shape.a.0, shape.a.1, shape.a.2), shape.a.3, origin, direction)
    case UInt32(SHADING_CLIP_CAPSULE): return capsuleSpan(shape, origin, direction)
    case UInt32(SHADING_CLIP_BOX):
        return boxSpan(
            Vec(shape.a.0, shape.a.1, shape.a.2), Vec(shape.b.0, shape.b.1, shape.b.2), origin, direction)
    case UInt32(SHADING_CLIP_PLANE): return halfSpaceSpan(shape.a, origin, direction)
    default: return boundedPlaneSpan(shape, origin, direction)
    }
}

@inline(__always)
private func ballSpan(_ center: Vec, _ radius: Float, _ origin: Vec, _ direction: Vec) -> Span {
    let inverse = 1 / direction.dot(direction)
    let way = center - origin
    let middle = way.dot(direction) * inverse
    let off = way - direction * middle
    let square = Lanes(repeating: radius * radius) - off.dot(off)
    let reach = lanes_sqrt(lanes_max(square, Lanes(repeating: 0)) * inverse)
    let met = lanes_greater(square, Lanes(repeating: 0))
    return Span(
        start: lanes_select(met, middle - reach, Span.empty.start),
        end: lanes_select(met, middle + reach, Span.empty.end))
}

@inline(__always)
private func boxSpan(_ low: Vec, _ high: Vec, _ origin: Vec, _ direction: Vec) -> Span {
    func slab(_ low: Lanes, _ high: Lanes, _ o: Lanes, _ d: Lanes, _ span: inout Span) {
        let (s, t) = ((low - o) / d, (high - o) / d)
        // Along the slab a ray is within it all the way or nowhere.
        let flat = lanes_and(lanes_less_equal(d, Lanes(repeating: 0)), lanes_greater_equal(d, Lanes(repeating: 0)))
        let within = lanes_and(lanes_less_equal(low, o), lanes_less_equal(o, high))
        let far = lanes_select(within, Lanes(repeating: .infinity), Lanes(repeating: -.infinity))
        span.start = lanes_max(span.start, lanes_select(flat, 0 - far, lanes_min(s, t)))
        span.end = lanes_min(span.end, lanes_select(flat, far, lanes_max(s, t)))
    }
    var span = Span(start: Lanes(repeating: -.infinity), end: Lanes(repeating: .infinity))
    slab(low.x, high.x, origin.x, direction.x, &span)
    slab(low.y, high.y, origin.y, direction.y, &span)
    slab(low.z, high.z, origin.z, direction.z, &span)
    let met = lanes_less(span.start, span.end)
    return Span(
        start: lanes_select(met, span.start, Span.empty.start), end: lanes_select(met, span.end, Span.empty.end))
}

@inline(__always)
private func halfSpaceSpan(_ plane: (Float, Float, Float, Float), _ origin: Vec, _ direction: Vec) -> Span {
    let normal = Vec(plane.0, plane.1, plane.2)
    let distance = Lanes(repeating: plane.3) - origin.dot(normal)
    let slope = direction.dot(normal)
    let t = distance / slope
    let zero = Lanes(repeating: 0)
    let (leaves, enters) = (lanes_greater(slope, zero), lanes_less(slope, zero))
    // Along the plane a ray is on one side all the way.
    let inside = lanes_greater(distance, zero)
    let (least, most) = (Lanes(repeating: -.infinity), Lanes(repeating: Float.infinity))
    return Span(
        start: lanes_select(enters, t, lanes_select(lanes_or(leaves, inside), least, most)),
        end: lanes_select(leaves, t, lanes_select(lanes_or(enters, inside), most, least)))
}

/// An open surface has no inside: as in OSPRay, whose counting of surfaces passed comes to this, a ray that meets
/// one shows nothing up to there, and is whole where it meets none.
@inline(__always)
private func boundedPlaneSpan(_ shape: shading_clip_shape, _ origin: Vec, _ direction: Vec) -> Span {
    let normal = Vec(shape.a.0, shape.a.1, shape.a.2)
    let slope = direction.dot(normal)
    let t = (Lanes(repeating: shape.a.3) - origin.dot(normal)) / slope
    let bounds = boxSpan(
        Vec(shape.low.0, shape.low.1, shape.low.2), Vec(shape.high.0, shape.high.1, shape.high.2), origin, direction)
    let met = lanes_and(lanes_less_equal(bounds.start, t), lanes_less_equal(t, bounds.end))
    return Span(
        start: lanes_select(met, Lanes(repeating: -.infinity), Span.empty.start),
        end: lanes_select(met, t, Span.empty.end))
}

/// Two balls and what a tight skin over both holds, which is convex: where a ray enters the first and leaves the last
/// of the three parts, it enters and leaves the whole.
@inline(__always)
private func capsuleSpan(_ shape: shading_clip_shape, _ origin: Vec, _ direction: Vec) -> Span {
    let (p, q) = (Vec(shape.a.0, shape.a.1, shape.a.2), Vec(shape.b.0, shape.b.1, shape.b.2))
    let (r, s) = (shape.a.3, shape.b.3)
    let first = ballSpan(p, r, origin, direction)
    let second = ballSpan(q, s, origin, direction)
    var span = Span(start: lanes_min(first.start, second.start), end: lanes_max(first.end, second.end))
    // The skin touches the balls where its distance from the axis falls by (r - s) over the axis' length. With
    // y = (x - p)·axis, a point x lies on it when (|axis|² - (r-s)²) |x-p|² - y² + 2 y r (r-s) = r² |axis|².
    let axis = q - p
    let narrowing = r - s
    let square = axis.dot(axis)
    let body = square - Lanes(repeating: narrowing * narrowing)
    let from = origin - p
    let (o, d) = (from.dot(axis), direction.dot(axis))
    let k2 = body * direction.dot(direction) - d * d
    let k1 = body * from.dot(direction) - o * d + d * (narrowing * r)
    let k0 = body * from.dot(from) - o * o + o * (2 * narrowing * r) - square * (r * r)
    let discriminant = k1 * k1 - k2 * k0
    let zero = Lanes(repeating: 0)
    let meets = lanes_and(lanes_greater(body, zero), lanes_greater(discriminant, zero))
    let root = lanes_sqrt(lanes_max(discriminant, zero))
    func widen(_ span: inout Span, to t: Lanes) {
        // Only between the circles along which it touches the balls.
        let y = o + t * d - Lanes(repeating: narrowing * r)
        let isSkin = lanes_and(meets, lanes_and(lanes_greater(y, zero), lanes_less(y, body)))
        span.start = lanes_select(isSkin, lanes_min(span.start, t), span.start)
        span.end = lanes_select(isSkin, lanes_max(span.end, t), span.end)
    }
    widen(&span, to: (0 - k1 - root) / k2)
    widen(&span, to: (0 - k1 + root) / k2)
    return span
}
