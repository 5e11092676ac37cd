// SPDX-License-Identifier: Apache-2.0
import CShading

/// Has the corners' numbers of met triangles brought near.
@inline(__always)
func prefetchIndices(_ frame: UnsafePointer<shading_frame>, _ packet: Packet, _ met: Mask, _ s: Scratch) {
    forEachTriangle(frame, packet, met, s) { shape, indices in lanes_prefetch(indices) }
}

/// Has the corners' normals of met triangles brought near, once their numbers are.
@inline(__always)
func prefetchNormals(_ frame: UnsafePointer<shading_frame>, _ packet: Packet, _ met: Mask, _ s: Scratch) {
    forEachTriangle(frame, packet, met, s) { shape, indices in
        guard let normals = shape.pointee.normals else { return }
        for corner in 0..<3 { lanes_prefetch(normals + 3 * Int(indices[corner])) }
    }
}

@inline(__always)
private func forEachTriangle(
    _ frame: UnsafePointer<shading_frame>, _ packet: Packet, _ met: Mask, _ s: Scratch,
    _ body: (UnsafePointer<shading_shape>, UnsafePointer<UInt32>) -> Void
) {
    guard lanes_any(met) != 0 else { return }
    s.valid.storeBytes(of: met, as: Mask.self)
    let lanes = s.valid.assumingMemoryBound(to: Int32.self)
    let single = frame.pointee.is_single != 0
    for lane in 0..<16 where lanes[lane] != 0 {
        let instance = frame.pointee.instances + (single ? 0 : packet.index(Packet.Field.instance, lane))
        let shape = instance.pointee.shapes + packet.index(Packet.Field.geometry, lane)
        guard let indices = shape.pointee.indices else { continue }
        body(shape, indices + 3 * packet.index(Packet.Field.primitive, lane))
    }
}
