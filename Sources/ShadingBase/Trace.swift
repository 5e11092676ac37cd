// SPDX-License-Identifier: Apache-2.0
import CShading

/// Finds the nearest thing along each active lane's ray, within what the clippers leave of it.
///
/// - Returns: the lanes that found something; where it is, `packet` says.
@inline(__always)
func trace(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ packet: Packet, _ active: Mask, origin: Vec,
    direction: Vec, near: Lanes, far: Lanes, coherent: Bool
) -> Mask {
    packet.setRays(origin: origin, direction: direction, near: near, far: far)
    guard frame.pointee.clipper_count == 0 else {
        return traceClipped(frame, s, packet, active, near: near, far: far)
    }
    let lanes = lanes_and(active, lanes_less(near, far))
    packet.intersect(frame, valid: lanes, scratch: s, coherent: coherent)
    return lanes_and(lanes, lanes_not_equal_int(packet.integers(Packet.Field.geometry), Mask(repeating: -1)))
}

/// Goes from one span of the rays to the next until something is met.
@inline(never)
private func traceClipped(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ packet: Packet, _ active: Mask, near: Lanes, far: Lanes
) -> Mask {
    var open = active
    var found = Mask(repeating: 0)
    var cursor = near
    while nextSpan(frame, packet, &open, &cursor, far) {
        packet.intersect(frame, valid: open, scratch: s, coherent: false)
        let hits = lanes_and(
            open, lanes_not_equal_int(packet.integers(Packet.Field.geometry), Mask(repeating: -1)))
        found = lanes_or(found, hits)
        open = lanes_and_not(open, hits)
    }
    return found
}

/// Whether anything lies along each active lane's ray, within what the clippers leave of it.
@inline(__always)
func occluded(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ packet: Packet, _ active: Mask, origin: Vec,
    direction: Vec, near: Lanes, far: Lanes
) -> Mask {
    packet.setRays(origin: origin, direction: direction, near: near, far: far)
    guard frame.pointee.clipper_count == 0 else {
        return occludedClipped(frame, s, packet, active, near: near, far: far)
    }
    let lanes = lanes_and(active, lanes_less(near, far))
    packet.occlude(frame, valid: lanes, scratch: s)
    return lanes_and(lanes, lanes_less(packet.row(Packet.Field.far), Lanes(repeating: 0)))
}

@inline(never)
private func occludedClipped(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ packet: Packet, _ active: Mask, near: Lanes, far: Lanes
) -> Mask {
    var open = active
    var found = Mask(repeating: 0)
    var cursor = near
    while nextSpan(frame, packet, &open, &cursor, far) {
        packet.occlude(frame, valid: open, scratch: s)
        let hits = lanes_and(open, lanes_less(packet.row(Packet.Field.far), Lanes(repeating: 0)))
        found = lanes_or(found, hits)
        open = lanes_and_not(open, hits)
    }
    return found
}

/// Sets a packet's open lanes to the next span at or after the cursor, which moves to the span's end; closes lanes
/// that have none left.
///
/// - Returns: whether any lane is open.
@inline(never)
private func nextSpan(
    _ frame: UnsafePointer<shading_frame>, _ packet: Packet, _ open: inout Mask, _ cursor: inout Lanes, _ far: Lanes
) -> Bool {
    guard lanes_any(open) != 0 else { return false }
    let span = visibleSpan(frame, packet.origin, packet.direction, from: cursor)
    let end = lanes_min(span.end, far)
    open = lanes_and(open, lanes_less(span.start, end))
    packet.set(Packet.Field.near, lanes_select(open, span.start, packet.row(Packet.Field.near)))
    packet.set(Packet.Field.far, lanes_select(open, end, packet.row(Packet.Field.far)))
    cursor = end
    return lanes_any(open) != 0
}
