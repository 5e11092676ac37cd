// SPDX-License-Identifier: Apache-2.0
import CShading

/// Narrows rays to what the clip planes leave: the part where n·p ≥ d for every plane, which is one interval.
@inline(__always)
func clip(
    _ frame: UnsafePointer<shading_frame>, _ origin: Vec, _ direction: Vec, _ near: inout Lanes, _ far: inout Lanes
) {
    let planes = frame.pointee.clip_planes
    for i in 0..<Int(frame.pointee.clip_plane_count) {
        let n = Vec(planes[4 * i], planes[4 * i + 1], planes[4 * i + 2])
        let distance = Lanes(repeating: planes[4 * i + 3]) - origin.dot(n)
        let slope = direction.dot(n)
        let zero = Lanes(repeating: 0)
        let t = distance / slope
        near = lanes_select(lanes_greater(slope, zero), lanes_max(near, t), near)
        far = lanes_select(lanes_less(slope, zero), lanes_min(far, t), far)
        // A ray along the plane, on its wrong side, has nothing left.
        let outside = lanes_and_not(
            lanes_greater(distance, zero), lanes_or(lanes_less(slope, zero), lanes_greater(slope, zero)))
        far = lanes_select(outside, Lanes(repeating: -1), far)
    }
}
