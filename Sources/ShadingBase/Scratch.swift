// SPDX-License-Identifier: Apache-2.0
import CShading

/// A thread's working memory, cut into its parts; see `SHADING_SCRATCH_BYTES`.
struct Scratch {
    let base: UnsafeMutableRawPointer

    /// The rays that are being followed.
    @inline(__always)
    var main: Packet { Packet(base: base) }
    /// Shadow and occlusion rays.
    @inline(__always)
    var shadow: Packet { Packet(base: base + Packet.byteCount) }
    /// Which lanes Embree is to trace.
    @inline(__always)
    var valid: UnsafeMutableRawPointer { base + 2 * Packet.byteCount }
    /// A packet of fewer lanes, for processors on which Embree has no wide ones.
    @inline(__always)
    var narrow: UnsafeMutableRawPointer { base + 2 * Packet.byteCount + 64 }
    /// What was gathered about the hits of `main`.
    @inline(__always)
    var surface: SurfaceRows { SurfaceRows(base: base + 3 * Packet.byteCount + 64) }
    /// The same for hits of `shadow`.
    @inline(__always)
    var shadowSurface: SurfaceRows { SurfaceRows(base: base + 3 * Packet.byteCount + 64 + SurfaceRows.byteCount) }

    // MARK: A strip

    /// Blocks that are traced before the first of them is shaded.
    static let stripCount = 8
    @inline(__always)
    private var stripBase: UnsafeMutableRawPointer { base + 3 * Packet.byteCount + 64 + 2 * SurfaceRows.byteCount }
    /// The camera's rays of each block.
    @inline(__always)
    func strip(_ block: Int) -> Packet { Packet(base: stripBase + block * Packet.byteCount) }
    /// Which of them met something.
    @inline(__always)
    var met: UnsafeMutablePointer<Mask> {
        (stripBase + Self.stripCount * Packet.byteCount).assumingMemoryBound(to: Mask.self)
    }
    /// What each block's samples came to so far.
    @inline(__always)
    var sums: UnsafeMutablePointer<SampleResult> {
        (stripBase + Self.stripCount * (Packet.byteCount + 64)).assumingMemoryBound(to: SampleResult.self)
    }

    /// How far each block's samples lie apart; only where the frame asks for it.
    @inline(__always)
    var spreads: UnsafeMutablePointer<SampleSpread> {
        UnsafeMutableRawPointer(sums + Self.stripCount).assumingMemoryBound(to: SampleSpread.self)
    }

    // MARK: Guides, where there are no strips

    /// Pixels that wait for guides.
    @inline(__always)
    var pending: UnsafeMutablePointer<Int32> { stripBase.assumingMemoryBound(to: Int32.self) }
    /// What `GuideContrast` works with.
    @inline(__always)
    var contrast: UnsafeMutableRawPointer { stripBase + 2 * 64 }

    /// Copies some lanes of a packet to `narrow`.
    @inline(__always)
    func split(_ packet: Packet, fields: Int, width: Int, part: Int) {
        for field in 0..<fields {
            (narrow + field * width * 4).copyMemory(
                from: packet.base + field * 64 + part * width * 4, byteCount: width * 4)
        }
    }

    /// Copies `narrow` back.
    @inline(__always)
    func join(_ packet: Packet, fields: Int, width: Int, part: Int) {
        for field in 0..<fields {
            (packet.base + field * 64 + part * width * 4).copyMemory(
                from: narrow + field * width * 4, byteCount: width * 4)
        }
    }
}
