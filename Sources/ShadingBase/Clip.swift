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
        near = vec_select(vec_greater(slope, zero), vec_max(near, t), near)
        far = vec_select(vec_less(slope, zero), vec_min(far, t), far)
        // A ray along the plane, on its wrong side, has nothing left.
        let outside = vec_and_not(
            vec_greater(distance, zero), vec_or(vec_less(slope, zero), vec_greater(slope, zero)))
        far = vec_select(outside, Lanes(repeating: -1), far)
    }
}
