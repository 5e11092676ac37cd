// SPDX-License-Identifier: Apache-2.0
import CShading

/// What sixteen samples came to.
struct SampleResult {
    var color = Vec(all: 0)
    var alpha = Lanes(repeating: 0)
    var depth = Lanes(repeating: .infinity)
    var normal = Vec(all: 0)
    var albedo = Vec(all: 0)

    /// - Parameter withGuides: whether normals and albedo are asked for.
    @inline(__always)
    mutating func add(_ other: SampleResult, withGuides: Bool) {
        color = color + other.color
        alpha = alpha + other.alpha
        depth = lanes_min(depth, other.depth)
        guard withGuides else { return }
        normal = normal + other.normal
        albedo = albedo + other.albedo
    }
}

/// Direct light, shadows and ambient occlusion, with rays going on behind what is transparent.
///
/// The model of OSPRay's `scivis` renderer, which Brayns calls `interactive`: Blinn-Phong with normalised lobes,
/// area lights seen from their middle, occlusion over the cosine-weighted hemisphere.
///
/// - Parameters:
///   - packet: the camera's rays, traced.
///   - met: those that found something.
func sampleInteractive(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ pixels: PixelBlock, _ packet: Packet, met: Mask, sample: Int
) -> SampleResult {
    let rays = CameraRays(origin: packet.origin, direction: packet.direction)
    var result = SampleResult()
    var transmission = Lanes(repeating: 1)
    var active = pixels.valid
    // Whether all that was met so far let everything through, so that the next surface is still the first.
    var untouched = Mask(repeating: -1)
    var near = Lanes(repeating: frame.pointee.camera.near_clip)
    let zero = Lanes(repeating: 0)
    let jitter = hazeJitter(frame, pixels, sample: sample)
    var hazeDepth = Lanes(repeating: .infinity)
    for layer in 0..<maxLayers {
        let found =
            layer == 0
            ? met
            : trace(
                frame, s, packet, active, origin: rays.origin, direction: rays.direction, near: near,
                far: Lanes(repeating: .infinity), coherent: false)
        if frame.pointee.volume_count > 0 {
            let reach = lanes_select(found, packet.row(Packet.Field.far), Lanes(repeating: .infinity))
            addHaze(frame, active, rays, near, reach, jitter, &result, &transmission, &hazeDepth)
            active = lanes_and(active, lanes_greater(transmission, zero))
        }
        let missed = lanes_and_not(active, found)
        addBackground(frame, missed, &result, &transmission, untouched)
        active = lanes_and(active, found)
        guard lanes_any(active) != 0 else { break }

        gather(frame, packet, active, s.surface, s)
        let hit = Hit(packet, s.surface)
        let first = lanes_and(active, untouched)
        result.depth = lanes_select(first, packet.row(Packet.Field.far), result.depth)
        result.normal = .select(first, hit.shadingNormal, result.normal)
        result.albedo = .select(first, hit.diffuse, result.albedo)
        let next = packet.row(Packet.Field.far) + hit.epsilon

        let light = shade(frame, s, active, hit, rays.direction, pixels, jitter, sample: sample)
        result.color = .select(active, result.color + light * transmission, result.color)
        transmission = lanes_select(active, transmission * (1 - hit.opacity), transmission)

        let threshold = Lanes(repeating: frame.pointee.min_contribution)
        untouched = lanes_and(untouched, lanes_less(hit.opacity, threshold))
        let spent = lanes_less(transmission, threshold)
        transmission = lanes_select(lanes_and(active, spent), zero, transmission)
        active = lanes_and_not(active, spent)
        guard lanes_any(active) != 0 else { break }
        near = lanes_select(active, next, near)
    }
    result.alpha = 1 - transmission
    result.depth = lanes_min(result.depth, hazeDepth)
    return result
}

/// Adds what volumes show before the next surface.
@inline(never)
private func addHaze(
    _ frame: UnsafePointer<shading_frame>, _ active: Mask, _ rays: CameraRays, _ near: Lanes, _ reach: Lanes,
    _ jitter: Lanes, _ result: inout SampleResult, _ transmission: inout Lanes,
    _ depth: inout Lanes
) {
    let seen = haze(
        frame, active, origin: rays.origin, direction: rays.direction, near: near, far: reach, rate: 1, jitter: jitter)
    result.color = .select(active, result.color + seen.color * transmission, result.color)
    transmission = lanes_select(active, transmission * seen.transmission, transmission)
    depth = lanes_select(active, lanes_min(depth, seen.depth), depth)
}

/// How far into their first step the samples of volumes begin.
@inline(__always)
func hazeJitter(_ frame: UnsafePointer<shading_frame>, _ pixels: PixelBlock, sample: Int) -> Lanes {
    guard frame.pointee.volume_count > 0 else { return Lanes(repeating: 0) }
    var numbers = RandomLanes(frame, pixels, sample: sample)
    return numbers.number(0)
}

@inline(__always)
private func addBackground(
    _ frame: UnsafePointer<shading_frame>, _ missed: Mask, _ result: inout SampleResult,
    _ transmission: inout Lanes, _ untouched: Mask
) {
    guard lanes_any(missed) != 0 else { return }
    let b = frame.pointee.background
    let color = Vec(b.0, b.1, b.2)
    result.color = .select(missed, result.color + color * transmission, result.color)
    transmission = lanes_select(missed, transmission * (1 - b.3), transmission)
    // Seen through nothing but air, there is no surface.
    let bare = lanes_and(missed, untouched)
    result.depth = lanes_select(bare, Lanes(repeating: .infinity), result.depth)
    result.normal = .select(bare, Vec(all: 0), result.normal)
    result.albedo = .select(bare, Vec(all: 0), result.albedo)
}

@inline(__always)
private func shade(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ active: Mask, _ hit: Hit, _ direction: Vec,
    _ pixels: PixelBlock, _ jitter: Lanes, sample: Int
) -> Vec {
    let diffuse = hit.diffuse * Lanes(repeating: 1 / Float.pi)
    var color = hit.emission
    for i in 0..<Int(frame.pointee.light_count) {
        color = color + lit(frame, s, active, hit, diffuse, direction, frame.pointee.lights[i], jitter)
    }
    let a = frame.pointee.ambient
    let ambient = Vec(a.0, a.1, a.2)
    let brightness = a.0 * 0.212671 + a.1 * 0.715160 + a.2 * 0.072169
    guard frame.pointee.occlusion_rays > 0, brightness > frame.pointee.min_contribution else {
        return color + diffuse * ambient
    }
    return color + diffuse * ambient * openness(frame, s, active, hit, pixels, jitter, sample: sample)
}

@inline(__always)
private func lit(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ active: Mask, _ hit: Hit, _ diffuse: Vec,
    _ direction: Vec, _ source: shading_light, _ jitter: Lanes
) -> Vec {
    let zero = Lanes(repeating: 0)
    let light = sampleMiddle(source, from: hit.position)
    let cosine = light.direction.dot(hit.shadingNormal)
    let strongest = lanes_max(light.weight.x, lanes_max(light.weight.y, light.weight.z))
    var reached = lanes_and(active, lanes_and(lanes_greater_equal(cosine, zero), lanes_greater(strongest, zero)))
    guard lanes_any(reached) != 0 else { return Vec(all: 0) }
    var reflected = diffuse * cosine
    if lanes_any(lanes_greater(hit.specular.luminance, zero)) != 0 {
        let half = (light.direction - direction).normalized
        let lobe = lanes_pow(lanes_max(half.dot(hit.shadingNormal), zero), hit.exponent)
        reflected = reflected + hit.specular * lobe
    }
    let contribution = reflected * light.weight
    guard frame.pointee.shadows != 0 else { return .select(reached, contribution, Vec(all: 0)) }
    let brightness = contribution.luminance
    reached = lanes_and(reached, lanes_greater(brightness, Lanes(repeating: frame.pointee.min_contribution)))
    // Light that comes through the surface's back starts on its other side.
    let behind = lanes_less(hit.geometricNormal.dot(light.direction), zero)
    let start = Vec.select(
        behind, hit.position - hit.geometricNormal * (hit.epsilon * 2), hit.position)
    let share = visibility(
        frame, s, reached, origin: start, direction: light.direction, near: zero, far: light.distance,
        weight: brightness, rate: 0.25, jitter: jitter)
    return .select(reached, contribution * share, Vec(all: 0))
}

/// The share of the sky that is seen from the hits, as the frame's occlusion rays find it.
@inline(__always)
private func openness(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ active: Mask, _ hit: Hit, _ pixels: PixelBlock,
    _ jitter: Lanes, sample: Int
) -> Lanes {
    let around = Frame3(hit.shadingNormal)
    let zero = Lanes(repeating: 0)
    let count = Int(frame.pointee.occlusion_rays)
    guard let occlusion = frame.pointee.occlusion else { return Lanes(repeating: 1) }
    var sum = zero
    for i in 0..<count {
        // cos, sin, and the numbers that choose the height, each turned by what is the pixel's own.
        let table = occlusion + 4 * (sample * count + i)
        var height = pixels.shift + table[2]
        height = lanes_select(lanes_greater_equal(height, Lanes(repeating: 1)), height - 1, height)
        let up = lanes_sqrt(height)
        let radius = lanes_sqrt(lanes_max(1 - height, zero))
        let cosine = pixels.cosine * table[0] - pixels.sine * table[1]
        let sine = pixels.sine * table[0] + pixels.cosine * table[1]
        let way = around.world(cosine * radius, sine * radius, up)
        let above = lanes_and(active, lanes_greater_equal(way.dot(hit.shadingNormal), Lanes(repeating: 0.01)))
        let share = visibility(
            frame, s, above, origin: hit.position, direction: way, near: hit.epsilon,
            far: Lanes(repeating: 1e20), weight: Lanes(repeating: 1), rate: 0.1, jitter: jitter)
        sum = sum + masked(above, share)
    }
    return sum * (1 / Float(count))
}
