// SPDX-License-Identifier: Apache-2.0
import CShading

/// The share of light that comes through along sixteen rays, 0…1; 1 on lanes that are not asked for.
///
/// - Parameters:
///   - weight: brightness that is at stake; a ray ends where less than the renderer's threshold is left.
///   - rate: how closely volumes are sampled, see `haze`.
///   - jitter: how far into the first step the samples of volumes begin.
@inline(__always)
func visibility(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ active: Mask, origin: Vec, direction: Vec, near: Lanes,
    far: Lanes, weight: Lanes, rate: Float, jitter: Lanes
) -> Lanes {
    guard lanes_any(active) != 0 else { return Lanes(repeating: 1) }
    let share = surfacesPass(
        frame, s, active, origin: origin, direction: direction, near: near, far: far, weight: weight)
    guard frame.pointee.volume_count > 0 else { return share }
    let open = lanes_and(active, lanes_greater(share, Lanes(repeating: 0)))
    let clear = haze(
        frame, open, origin: origin, direction: direction, near: near, far: far, rate: rate, jitter: jitter)
    return share * clear.transmission
}

/// What surfaces let through.
@inline(__always)
private func surfacesPass(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ active: Mask, origin: Vec, direction: Vec, near: Lanes,
    far: Lanes, weight: Lanes
) -> Lanes {
    let one = Lanes(repeating: 1)
    guard frame.pointee.is_opaque == 0 else {
        let dark = occluded(
            frame, s, s.shadow, active, origin: origin, direction: direction, near: near, far: far)
        return lanes_select(dark, Lanes(repeating: 0), one)
    }
    return filtered(frame, s, active, origin: origin, direction: direction, near: near, far: far, weight: weight)
}

/// Follows shadow rays through everything that light passes.
private func filtered(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ lanes: Mask, origin: Vec, direction: Vec, near: Lanes,
    far: Lanes, weight: Lanes
) -> Lanes {
    let packet = s.shadow
    var active = lanes
    var near = near
    var share = Lanes(repeating: 1)
    for _ in 0..<maxLayers {
        let hits = trace(
            frame, s, packet, active, origin: origin, direction: direction, near: near, far: far, coherent: false)
        guard lanes_any(hits) != 0 else { break }
        gather(frame, packet, hits, s.shadowSurface, s)
        let passed = passedShare(frame, packet, s.shadowSurface)
        share = lanes_select(hits, share * lanes_max(passed, Lanes(repeating: 0)), share)
        let spent = lanes_less(share * weight, Lanes(repeating: frame.pointee.min_contribution))
        share = lanes_select(lanes_and(hits, spent), Lanes(repeating: 0), share)
        active = lanes_and_not(hits, spent)
        guard lanes_any(active) != 0 else { break }
        near = nextStart(packet)
    }
    return share
}

/// Surfaces that a ray passes before it is given up.
let maxLayers = 1024

/// Just behind the hit of each lane.
@inline(__always)
func nextStart(_ packet: Packet) -> Lanes {
    let far = packet.row(Packet.Field.far)
    let direction = packet.direction
    let p = packet.origin + direction * far
    let longest = lanes_max(lanes_abs(direction.x), lanes_max(lanes_abs(direction.y), lanes_abs(direction.z)))
    let largest = lanes_max(lanes_max(lanes_abs(p.x), lanes_abs(p.y)), lanes_max(lanes_abs(p.z), longest * far))
    return far + largest * ulpEpsilon
}

/// What a surface lets through: all but its opacity, or what thin glass does not mirror and its colour leaves.
@inline(__always)
private func passedShare(_ frame: UnsafePointer<shading_frame>, _ packet: Packet, _ rows: SurfaceRows) -> Lanes {
    let normal = rows.vec(SurfaceRows.shadingNormal).normalized
    let clear = 1 - opacityTowards(packet.direction.normalized, normal, rows)
    guard frame.pointee.path_traced != 0 else { return clear }
    let isGlass = lanes_greater(rows.row(SurfaceRows.glass), Lanes(repeating: 0.5))
    guard lanes_any(isGlass) != 0 else { return clear }
    let surface = PathSurface(
        Hit(packet, rows), rows, outgoing: Vec(all: 0) - packet.direction, albedo: frame.pointee.metal_albedo,
        isotropic: Mask(repeating: 0))
    return lanes_select(isGlass, surface.glassPassed.luminance, clear)
}
