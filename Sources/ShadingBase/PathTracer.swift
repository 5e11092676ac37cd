// SPDX-License-Identifier: Apache-2.0
import CShading

/// Sixteen paths on their way from the eye.
struct Paths {
    var alive: Mask
    var origin: Vec
    var direction: Vec
    var near: Lanes
    var throughput = Vec(all: 1)
    /// What ghosts on the way left of all but the background, and how much they cover it in the picture's alpha.
    var dimmed = Lanes(repeating: 1)
    var veiled = Lanes(repeating: 0)
    /// Whether nothing has turned the path: it sees the background, and not the lights that cameras do not see.
    var straight = Mask(repeating: -1)
    /// Whether the path's direction was chosen among too few for lights to have chosen it.
    var sharp = Mask(repeating: -1)
    /// Where, around which normal and by which chance the direction was chosen.
    var place: Vec
    var normal: Vec
    var chance = Lanes(repeating: 0)
    /// Whether the direction was chosen in a volume, which favours none.
    var isotropic = Mask(repeating: 0)

    /// Whether the last surface let the path through, or mirrored it as glass does.
    var clear = Mask(repeating: 0)

    /// What reaches the eye of light that is met here.
    var seen: Vec { throughput * dimmed }

    /// Paths through a place that each pixel chooses by itself.
    @inline(__always)
    init(_ frame: UnsafePointer<shading_frame>, _ pixels: PixelBlock, _ random: inout RandomLanes) {
        let rays = raysThroughPixels(frame, pixels, &random)
        let start = throughLens(
            frame.pointee.camera, rays, random.number(BounceDimensions.lens),
            random.number(BounceDimensions.lens + 1))
        alive = pixels.valid
        (origin, direction) = (start.origin, start.direction)
        near = Lanes(repeating: frame.pointee.camera.near_clip)
        (place, normal) = (start.origin, start.direction)
    }
}

/// Light that reaches the eye over all paths up to the frame's number of bounces.
///
/// At each surface as many lights are asked as there are, each a random one by a point chosen on it, as OSPRay does;
/// and the path goes on in a direction that the surface chooses. Both ways to find a light are weighed by the power
/// heuristic (Veach 1997). There is no roulette: the number of random numbers used does not depend on what they are.
func samplePath(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ pixels: PixelBlock, sample: Int
) -> SampleResult {
    var random = RandomLanes(frame, pixels, sample: sample)
    var paths = Paths(frame, pixels, &random)
    var result = SampleResult()
    result.alpha = Lanes(repeating: 1)
    let isGuided = hasGuides(frame)
    var guides = PathGuides(pixels.valid)
    let packet = s.main
    var bounce: Int32 = 0
    while true {
        let found = trace(
            frame, s, packet, paths.alive, origin: paths.origin, direction: paths.direction, near: paths.near,
            far: Lanes(repeating: .infinity), coherent: bounce == 0)
        var reach = lanes_select(found, packet.row(Packet.Field.far), Lanes(repeating: .infinity))
        let haze = meetHaze(frame, paths, &reach, &random)
        let missed = lanes_and_not(paths.alive, lanes_or(found, haze.found))
        addBackground(frame, missed, paths, &result)
        addLights(frame, paths, missed, reach, &result)
        paths.alive = lanes_and_not(paths.alive, missed)
        if bounce == 0 { result.depth = reach }
        guard lanes_any(paths.alive) != 0 else { break }

        gather(frame, packet, lanes_and_not(found, haze.found), s.surface, s)
        if lanes_any(haze.found) != 0 {
            packet.set(Packet.Field.far, reach)
            s.surface.putHaze(haze.color, direction: paths.direction, where: haze.found)
        }
        let hit = Hit(packet, s.surface)
        let surface = PathSurface(
            hit, s.surface, outgoing: Vec(all: 0) - paths.direction, albedo: frame.pointee.metal_albedo,
            isotropic: haze.found)
        result.color = .select(paths.alive, result.color + paths.seen * surface.emitted, result.color)
        if isGuided {
            guides.meet(
                paths.alive, hazy: haze.found, hit, color: surface.color, tint: paths.throughput, s.surface, &result)
        }
        guard bounce < frame.pointee.max_bounces else { break }
        let dimensions = BounceDimensions(bounce: Int(bounce), lights: lightCount(frame))
        addDirectLight(frame, s, paths, hit, surface, dimensions, &random, &result)
        step(&paths, hit, surface, dimensions, &random, threshold: frame.pointee.min_contribution)
        if isGuided { guides.goOn(paths.clear, alive: paths.alive, tint: paths.throughput, &result) }
        guard lanes_any(paths.alive) != 0 else { break }
        bounce += 1
    }
    return finite(result)
}

/// Rays through a place that each pixel chooses by itself.
@inline(__always)
private func raysThroughPixels(
    _ frame: UnsafePointer<shading_frame>, _ pixels: PixelBlock, _ random: inout RandomLanes
) -> CameraRays {
    let u = placeInPixel(frame, random.number(BounceDimensions.pixel))
    let v = placeInPixel(frame, random.number(BounceDimensions.pixel + 1))
    return cameraRays(
        frame.pointee.camera, (pixels.x + u) * frame.pointee.inverse_width,
        (pixels.y + v) * frame.pointee.inverse_height)
}

/// Where in the pixel filter numbers 0…1 fall, in pixels from the pixel's corner.
@inline(__always)
private func placeInPixel(_ frame: UnsafePointer<shading_frame>, _ number: Lanes) -> Lanes {
    guard let cells = frame.pointee.pixel_filter else { return Lanes(repeating: 0.5) }
    var (slope, start) = (Lanes(repeating: cells[1]), Lanes(repeating: cells[2]))
    for cell in 1..<Int(SHADING_FILTER_CELLS) {
        let isBeyond = lanes_greater_equal(number, Lanes(repeating: cells[3 * cell - 3]))
        slope = lanes_select(isBeyond, Lanes(repeating: cells[3 * cell + 1]), slope)
        start = lanes_select(isBeyond, Lanes(repeating: cells[3 * cell + 2]), start)
    }
    return start + number * slope
}

/// Where volumes stop the paths before anything else; the reach ends there.
@inline(__always)
func meetHaze(
    _ frame: UnsafePointer<shading_frame>, _ paths: Paths, _ reach: inout Lanes, _ random: inout RandomLanes
) -> HazeHit {
    guard frame.pointee.volume_count > 0 else { return HazeHit() }
    let hit = scatter(
        frame, paths.alive, origin: paths.origin, direction: paths.direction, near: paths.near, far: reach,
        jitter: random.next(), number: random.next())
    reach = lanes_min(reach, hit.distance)
    return hit
}

/// Moves rays to a point of the lens, so that they meet again at the focus.
@inline(__always)
private func throughLens(_ camera: shading_camera, _ rays: CameraRays, _ u: Lanes, _ v: Lanes) -> CameraRays {
    guard camera.aperture > 0 else { return rays }
    let across = Vec(camera.across.0, camera.across.1, camera.across.2)
    let up = Vec(camera.up.0, camera.up.1, camera.up.2)
    let forward =
        Vec(camera.forward.0, camera.forward.1, camera.forward.2) + across * Lanes(repeating: 0.5)
        + up * Lanes(repeating: 0.5)
    let radius = lanes_sqrt(u) * camera.aperture
    let (c, s) = turned(v * (2 * Float.pi))
    // The lens is measured in picture widths at the focus, which is `focus` times as far as the picture plane.
    let shift = across * (radius * c * camera.focus) + up * (radius * s * (camera.aspect * camera.focus))
    let point = rays.direction * (camera.focus / rays.direction.dot(forward))
    return CameraRays(origin: rays.origin + shift, direction: (point - shift).normalized)
}

@inline(__always)
private func addBackground(
    _ frame: UnsafePointer<shading_frame>, _ missed: Mask, _ paths: Paths, _ result: inout SampleResult
) {
    let seen = lanes_and(missed, paths.straight)
    guard lanes_any(seen) != 0 else { return }
    let b = frame.pointee.background
    result.color = .select(seen, result.color + paths.throughput * Vec(b.0, b.1, b.2), result.color)
    let covered = 1 - paths.throughput.luminance
    let alpha = covered + (1 - covered) * b.3 + paths.veiled
    result.alpha = lanes_select(seen, lanes_min(alpha, Lanes(repeating: 1)), result.alpha)
}

/// Adds the lights that paths run into.
@inline(never)
private func addLights(
    _ frame: UnsafePointer<shading_frame>, _ paths: Paths, _ missed: Mask, _ reach: Lanes,
    _ result: inout SampleResult
) {
    let hidden = lanes_and_not(paths.alive, paths.straight)
    let turned = lanes_and(missed, hidden)
    if lanes_any(turned) != 0 {
        let a = frame.pointee.ambient
        let radiance = Vec(a.0, a.1, a.2) * Lanes(repeating: 1 / Float.pi)
        let cosine = lanes_max(paths.direction.dot(paths.normal), Lanes(repeating: 0)) * (1 / Float.pi)
        let chance = lanes_select(paths.isotropic, Lanes(repeating: 1 / (4 * Float.pi)), cosine)
        let share = weighed(paths, against: chance)
        result.color = .select(turned, result.color + paths.seen * radiance * share, result.color)
    }
    for i in 0..<Int(frame.pointee.light_count) {
        let light = frame.pointee.lights[i]
        let isShown = light.kind == UInt32(SHADING_LIGHT_QUAD) || light.kind == UInt32(SHADING_LIGHT_SPHERE)
        let lanes = isShown ? paths.alive : hidden
        guard lanes_any(lanes) != 0 else { continue }
        let view = look(
            at: light, along: paths.direction, from: paths.origin, far: reach, chosenAt: paths.place)
        let share = weighed(paths, against: view.chance)
        result.color = .select(lanes, result.color + paths.seen * view.radiance * share, result.color)
    }
}

/// The power heuristic for directions that surfaces chose.
@inline(__always)
private func weighed(_ paths: Paths, against chance: Lanes) -> Lanes {
    let ratio = chance / lanes_max(paths.chance, Lanes(repeating: 1e-20))
    return lanes_select(paths.sharp, Lanes(repeating: 1), 1 / (1 + ratio * ratio))
}

/// Adds the light that points of lights send here.
@inline(never)
private func addDirectLight(
    _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ paths: Paths, _ hit: Hit, _ surface: PathSurface,
    _ dimensions: BounceDimensions, _ random: inout RandomLanes, _ result: inout SampleResult
) {
    let lanes = lanes_and(paths.alive, surface.smooth)
    let count = lightCount(frame)
    for i in 0..<count {
        let dimension = dimensions.light(i)
        let number = random.number(dimension) * Float(count)
        let (u, v) = (random.number(dimension + 1), random.number(dimension + 2))
        var choice = chooseLight(frame, 0, hit, surface, u, v)
        for j in 1..<max(count, 1) {
            let isChosen = lanes_and(lanes, lanes_greater_equal(number, Lanes(repeating: Float(j))))
            let isLater = lanes_greater_equal(number, Lanes(repeating: Float(j + 1)))
            guard lanes_any(j + 1 < count ? lanes_and_not(isChosen, isLater) : isChosen) != 0 else { continue }
            choice = choice.replaced(by: chooseLight(frame, j, hit, surface, u, v), where: isChosen)
        }
        add(choice, frame, s, lanes, paths, hit, surface, &random, &result)
    }
}

@inline(never)
private func add(
    _ choice: LightChoice, _ frame: UnsafePointer<shading_frame>, _ s: Scratch, _ lanes: Mask, _ paths: Paths,
    _ hit: Hit, _ surface: PathSurface, _ random: inout RandomLanes, _ result: inout SampleResult
) {
    let zero = Lanes(repeating: 0)
    let reflected = surface.evaluate(choice.direction)
    let ratio = reflected.chance / lanes_max(choice.chance, Lanes(repeating: 1e-20))
    let share = lanes_select(
        lanes_greater(choice.chance, zero), 1 / (1 + ratio * ratio), Lanes(repeating: 1))
    let light = paths.seen * reflected.value * choice.weight * share
    let brightness = light.luminance
    let reached = lanes_and(lanes, lanes_greater(brightness, zero))
    guard lanes_any(reached) != 0 else { return }
    let behind = lanes_less(hit.geometricNormal.dot(choice.direction), zero)
    let start = Vec.select(behind, hit.position - hit.geometricNormal * (hit.epsilon * 2), hit.position)
    let visible = visibility(
        frame, s, reached, origin: start, direction: choice.direction, near: zero, far: choice.distance,
        weight: brightness, rate: 1, jitter: frame.pointee.volume_count > 0 ? random.next() : zero)
    result.color = .select(reached, result.color + light * visible, result.color)
}

/// Lets the paths go on.
@inline(never)
func step(
    _ paths: inout Paths, _ hit: Hit, _ surface: PathSurface, _ dimensions: BounceDimensions,
    _ random: inout RandomLanes, threshold: Float
) {
    let choice = surface.choose(
        random.number(dimensions.lobe), random.number(dimensions.direction), random.number(dimensions.direction + 1))
    paths.veiled = paths.veiled + surface.veil * paths.throughput.luminance
    paths.dimmed = paths.dimmed * (1 - surface.veil) * (1 - surface.veil)
    paths.throughput = paths.throughput * choice.weight
    let below = lanes_less(choice.direction.dot(hit.geometricNormal), Lanes(repeating: 0))
    paths.origin = .select(below, hit.position - hit.geometricNormal * (hit.epsilon * 2), hit.position)
    paths.direction = choice.direction
    paths.near = Lanes(repeating: 0)
    // What goes straight on keeps what was known of how its direction came about.
    let turned = lanes_and_not(Mask(repeating: -1), choice.isStraight)
    paths.clear = lanes_or(choice.isStraight, surface.glass)
    paths.straight = lanes_and_not(paths.straight, turned)
    paths.sharp = lanes_select_int(turned, choice.isSharp, paths.sharp)
    paths.chance = lanes_select(turned, choice.chance, paths.chance)
    paths.place = .select(turned, hit.position, paths.place)
    paths.isotropic = lanes_select_int(turned, surface.isotropic, paths.isotropic)
    paths.normal = .select(turned, hit.shadingNormal, paths.normal)
    let strongest = lanes_max(paths.throughput.x, lanes_max(paths.throughput.y, paths.throughput.z))
    paths.alive = lanes_and(paths.alive, lanes_greater(strongest, Lanes(repeating: threshold)))
}

/// Black where numbers went astray.
@inline(__always)
private func finite(_ result: SampleResult) -> SampleResult {
    var result = result
    let sum = result.color.x + result.color.y + result.color.z
    let good = lanes_less(lanes_abs(sum), Lanes(repeating: .greatestFiniteMagnitude))
    result.color = .select(good, result.color, Vec(all: 0))
    return result
}
