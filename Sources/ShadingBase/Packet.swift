// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading

/// Sixteen rays with their hits, in the layout of Embree's packets: field after field, a lane a float.
struct Packet {
    let base: UnsafeMutableRawPointer

    /// Bytes of a packet with hits.
    static let byteCount = 20 * 64

    /// The fields by their number in the layout.
    enum Field {
        static let origin = 0
        static let near = 3
        static let direction = 4
        static let time = 7
        static let far = 8
        static let mask = 9
        static let normal = 12
        static let u = 15
        static let v = 16
        static let primitive = 17
        static let geometry = 18
        static let instance = 19
    }

    @inline(__always)
    func row(_ field: Int) -> Lanes { base.load(fromByteOffset: field * 64, as: Lanes.self) }

    @inline(__always)
    func set(_ field: Int, _ value: Lanes) { base.storeBytes(of: value, toByteOffset: field * 64, as: Lanes.self) }

    @inline(__always)
    func integers(_ field: Int) -> Mask { base.load(fromByteOffset: field * 64, as: Mask.self) }

    @inline(__always)
    func set(_ field: Int, _ value: Mask) { base.storeBytes(of: value, toByteOffset: field * 64, as: Mask.self) }

    @inline(__always)
    func float(_ field: Int, _ lane: Int) -> Float { base.load(fromByteOffset: field * 64 + lane * 4, as: Float.self) }

    @inline(__always)
    func index(_ field: Int, _ lane: Int) -> Int {
        Int(base.load(fromByteOffset: field * 64 + lane * 4, as: UInt32.self))
    }

    /// Makes the lanes into fresh rays without hits.
    @inline(__always)
    func setRays(origin: Vec, direction: Vec, near: Lanes, far: Lanes) {
        set(0, origin.x)
        set(1, origin.y)
        set(2, origin.z)
        set(Field.near, near)
        set(4, direction.x)
        set(5, direction.y)
        set(6, direction.z)
        set(Field.time, Lanes(repeating: 0))
        set(Field.far, far)
        set(Field.mask, Mask(repeating: -1))
        set(10, Mask(repeating: 0))
        set(11, Mask(repeating: 0))
        set(Field.geometry, Mask(repeating: -1))
        set(Field.instance, Mask(repeating: -1))
    }

    @inline(__always)
    var direction: Vec { Vec(row(4), row(5), row(6)) }

    @inline(__always)
    var origin: Vec { Vec(row(0), row(1), row(2)) }

    /// Finds the nearest hit of each valid lane.
    func intersect(_ frame: UnsafePointer<shading_frame>, valid: Mask, scratch: Scratch, coherent: Bool) {
        var context = RTCIntersectContext()
        rtcInitIntersectContext(&context)
        if coherent { context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT }
        let scene = OpaquePointer(frame.pointee.scene)
        scratch.valid.storeBytes(of: valid, as: Mask.self)
        let lanes = scratch.valid.assumingMemoryBound(to: Int32.self)
        switch frame.pointee.packet_width {
        case 16: rtcIntersect16(lanes, scene, &context, OpaquePointer(base))
        case 8:
            for half in 0..<2 {
                scratch.split(self, fields: 20, width: 8, part: half)
                rtcIntersect8(lanes + half * 8, scene, &context, OpaquePointer(scratch.narrow))
                scratch.join(self, fields: 20, width: 8, part: half)
            }
        default:
            for quarter in 0..<4 {
                scratch.split(self, fields: 20, width: 4, part: quarter)
                rtcIntersect4(
                    lanes + quarter * 4, scene, &context, scratch.narrow.assumingMemoryBound(to: RTCRayHit4.self))
                scratch.join(self, fields: 20, width: 4, part: quarter)
            }
        }
    }

    /// Sets `far` to minus infinity on each valid lane that meets anything.
    func occlude(_ frame: UnsafePointer<shading_frame>, valid: Mask, scratch: Scratch) {
        var context = RTCIntersectContext()
        rtcInitIntersectContext(&context)
        let scene = OpaquePointer(frame.pointee.scene)
        scratch.valid.storeBytes(of: valid, as: Mask.self)
        let lanes = scratch.valid.assumingMemoryBound(to: Int32.self)
        switch frame.pointee.packet_width {
        case 16: rtcOccluded16(lanes, scene, &context, OpaquePointer(base))
        case 8:
            for half in 0..<2 {
                scratch.split(self, fields: 12, width: 8, part: half)
                rtcOccluded8(lanes + half * 8, scene, &context, OpaquePointer(scratch.narrow))
                scratch.join(self, fields: 12, width: 8, part: half)
            }
        default:
            for quarter in 0..<4 {
                scratch.split(self, fields: 12, width: 4, part: quarter)
                rtcOccluded4(
                    lanes + quarter * 4, scene, &context, scratch.narrow.assumingMemoryBound(to: RTCRay4.self))
                scratch.join(self, fields: 12, width: 4, part: quarter)
            }
        }
    }
}
