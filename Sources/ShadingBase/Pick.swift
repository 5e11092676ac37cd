// SPDX-License-Identifier: Apache-2.0
import CShading

/// What is seen at a point of the picture, which runs from (0, 0) to (1, 1), through whatever cuts the scene open.
func pick(
    _ frame: UnsafePointer<shading_frame>, _ memory: UnsafeMutableRawPointer, _ x: Float, _ y: Float
) -> shading_pick {
    let scratch = Scratch(base: memory)
    let rays = cameraRays(frame.pointee.camera, Lanes(repeating: x), Lanes(repeating: y))
    var first = Mask(repeating: 0)
    first[0] = -1
    let packet = scratch.main
    let found = trace(
        frame, scratch, packet, first, origin: rays.origin, direction: rays.direction,
        near: Lanes(repeating: frame.pointee.camera.near_clip), far: Lanes(repeating: .infinity), coherent: false)
    guard lanes_any(found) != 0 else { return shading_pick() }
    let place = packet.origin + packet.direction * packet.row(Packet.Field.far)
    return shading_pick(
        is_hit: 1, instance: UInt32(truncatingIfNeeded: packet.index(Packet.Field.instance, 0)),
        geometry: UInt32(truncatingIfNeeded: packet.index(Packet.Field.geometry, 0)),
        primitive: UInt32(truncatingIfNeeded: packet.index(Packet.Field.primitive, 0)),
        x: place.x[0], y: place.y[0], z: place.z[0])
}
