// SPDX-License-Identifier: Apache-2.0
import CShading

/// Normals and surface colours as `samplePath` finds them, without light: paths end where they have found all.
func lookAlongPath(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ pixels: PixelBlock, sample: Int
) -> SampleResult {
    var random = RandomLanes(frame, pixels, sample: sample)
    var paths = Paths(frame, pixels, &random)
    var result = SampleResult()
    var guides = PathGuides(pixels.valid)
    let packet = s.main
    var bounce: Int32 = 0
    while true {
        let found = trace(
            frame, s, packet, paths.alive, origin: paths.origin, direction: paths.direction, near: paths.near,
            far: Lanes(repeating: .infinity), coherent: bounce == 0)
        var reach = lanes_select(found, packet.row(Packet.Field.far), Lanes(repeating: .infinity))
        let haze = meetHaze(frame, paths, &reach, &random)
        paths.alive = lanes_and(paths.alive, lanes_or(found, haze.found))
        guard lanes_any(paths.alive) != 0 else { break }

        gather(frame, packet, lanes_and_not(found, haze.found), s.surface, s)
        if lanes_any(haze.found) != 0 {
            packet.set(Packet.Field.far, reach)
            s.surface.putHaze(haze.color, direction: paths.direction, where: haze.found)
        }
        let hit = Hit(packet, s.surface)
        guides.meet(
            paths.alive, hazy: haze.found, hit, color: s.surface.vec(SurfaceRows.color), tint: paths.throughput,
            s.surface, &result)
        paths.alive = lanes_and(paths.alive, guides.open(hit, hazy: haze.found, s.surface))
        guard bounce < frame.pointee.max_bounces, lanes_any(paths.alive) != 0 else { break }
        let surface = PathSurface(
            hit, s.surface, outgoing: Vec(all: 0) - paths.direction, albedo: frame.pointee.metal_albedo,
            isotropic: haze.found)
        let dimensions = BounceDimensions(bounce: Int(bounce), lights: lightCount(frame))
        step(&paths, hit, surface, dimensions, &random, threshold: frame.pointee.min_contribution)
        guides.goOn(paths.clear, alive: paths.alive, tint: paths.throughput, &result)
        paths.alive = guides.waiting
        guard lanes_any(paths.alive) != 0 else { break }
        bounce += 1
    }
    return result
}

/// Normals and surface colours as `sampleInteractive` finds them: those of the first surface that can be seen.
func lookAhead(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ pixels: PixelBlock, sample: Int
) -> SampleResult {
    var result = SampleResult()
    guard let offsets = frame.pointee.pixel_offsets else { return result }
    let packet = s.main
    var found = traceCamera(frame, s, pixels, packet, offsets[2 * sample], offsets[2 * sample + 1])
    let rays = CameraRays(origin: packet.origin, direction: packet.direction)
    var transmission = Lanes(repeating: 1)
    let jitter = hazeJitter(frame, pixels, sample: sample)
    let threshold = Lanes(repeating: frame.pointee.min_contribution)
    var active = pixels.valid
    var near = Lanes(repeating: frame.pointee.camera.near_clip)
    for layer in 0..<maxLayers {
        if layer > 0 {
            found = trace(
                frame, s, packet, active, origin: rays.origin, direction: rays.direction, near: near,
                far: Lanes(repeating: .infinity), coherent: false)
            // Where what hardly covers has nothing behind it, there is no surface.
            let bare = lanes_and_not(active, found)
            (result.normal, result.albedo) = (
                .select(bare, Vec(all: 0), result.normal), .select(bare, Vec(all: 0), result.albedo)
            )
        }
        active = lanes_and(active, found)
        guard lanes_any(active) != 0 else { break }
        if frame.pointee.volume_count > 0 {
            let seen = haze(
                frame, active, origin: rays.origin, direction: rays.direction, near: near,
                far: packet.row(Packet.Field.far), rate: 1, jitter: jitter)
            transmission = lanes_select(active, transmission * seen.transmission, transmission)
            active = lanes_and(active, lanes_greater(transmission, Lanes(repeating: 0)))
        }
        gather(frame, packet, active, s.surface, s)
        let hit = Hit(packet, s.surface)
        result.normal = .select(active, hit.shadingNormal, result.normal)
        result.albedo = .select(active, hit.diffuse, result.albedo)
        active = lanes_and(active, lanes_less(hit.opacity, threshold))
        guard lanes_any(active) != 0 else { break }
        transmission = lanes_select(active, transmission * (1 - hit.opacity), transmission)
        near = lanes_select(active, packet.row(Packet.Field.far) + hit.epsilon, near)
    }
    return result
}
