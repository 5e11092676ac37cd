// SPDX-License-Identifier: Apache-2.0
import CShading

/// A stretch of sixteen rays; empty where it ends before it starts.
struct Span {
    var start: Lanes
    var end: Lanes

    static var empty: Span { Span(start: Lanes(repeating: .infinity), end: Lanes(repeating: -.infinity)) }

    /// Lanes on which a place lies within; the start counts, the end does not.
    @inline(__always)
    func holds(_ t: Lanes) -> Mask { lanes_and(lanes_less_equal(start, t), lanes_less(t, end)) }
}

/// The first stretch at or after a place of each ray that nothing cuts away; empty where there is none.
@inline(never)
func visibleSpan(
    _ frame: UnsafePointer<shading_frame>, _ origin: Vec, _ direction: Vec, from cursor: Lanes
) -> Span {
    let clippers = UnsafeBufferPointer(start: frame.pointee.clippers, count: Int(frame.pointee.clipper_count))
    let shapes = frame.pointee.clip_shapes
    var start = cursor
    // Each round but the last leaves a shape behind or enters one.
    let rounds = clippers.reduce(2) { $0 + 2 * Int($1.count) }
    for _ in 0..<rounds {
        let before = start
        for clipper in clippers { leave(clipper, shapes, origin, direction, &start) }
        guard lanes_any(lanes_greater(start, before)) != 0 else { break }
    }
    var end = Lanes(repeating: .infinity)
    for clipper in clippers {
        for i in Int(clipper.first)..<Int(clipper.first + clipper.count) {
            let span = clipSpan(shapes[i], origin, direction)
            let limit =
                clipper.is_inverted != 0
                ? lanes_select(span.holds(start), span.end, Lanes(repeating: .infinity))
                : lanes_select(lanes_greater(span.start, start), span.start, Lanes(repeating: .infinity))
            end = lanes_min(end, limit)
        }
    }
    return Span(start: start, end: end)
}

/// Moves places on to where a clipper leaves something to see.
@inline(never)
private func leave(
    _ clipper: shading_clipper, _ shapes: UnsafePointer<shading_clip_shape>, _ origin: Vec, _ direction: Vec,
    _ place: inout Lanes
) {
    var within = Mask(repeating: 0)
    var next = Lanes(repeating: .infinity)
    for i in Int(clipper.first)..<Int(clipper.first + clipper.count) {
        let span = clipSpan(shapes[i], origin, direction)
        guard clipper.is_inverted != 0 else {
            place = lanes_select(span.holds(place), span.end, place)
            continue
        }
        within = lanes_or(within, span.holds(place))
        let isAhead = lanes_and(lanes_greater(span.start, place), lanes_less(span.start, span.end))
        next = lanes_min(next, lanes_select(isAhead, span.start, Lanes(repeating: .infinity)))
    }
    if clipper.is_inverted != 0 { place = lanes_select(within, place, next) }
}
