// SPDX-License-Identifier: Apache-2.0
import CShading

/// What volumes add to sixteen rays and leave of what is behind them.
struct Haze {
    var color = Vec(all: 0)
    /// Share of light that comes through.
    var transmission = Lanes(repeating: 1)
    /// Where light is first lost along each ray; infinity where none is.
    var depth = Lanes(repeating: .infinity)
}

/// Where sixteen paths met a volume.
struct HazeHit {
    var found = Mask(repeating: 0)
    var distance = Lanes(repeating: .infinity)
    var color = Vec(all: 0)
}

/// Colour and transmission of the volumes along rays, without light falling on them: they shine in the colours of
/// their ramps, as OSPRay's `scivis` renderer has it.
///
/// - Parameters:
///   - rate: samples on the way from one sample of the grid to the next.
///   - jitter: 0…1, how far into the first step each ray begins.
@inline(never)
func haze(
    _ frame: UnsafePointer<shading_frame>, _ active: Mask, origin: Vec, direction: Vec, near: Lanes, far: Lanes,
    rate: Float, jitter: Lanes
) -> Haze {
    var result = Haze()
    let threshold = Lanes(repeating: frame.pointee.min_contribution)
    march(frame, active, origin, direction, near, far, rate, jitter) { lanes, distance, way, sample in
        let passed = lanes_exp2(sample.opacity * way * -1.44269504)
        let isDense = lanes_and(lanes, lanes_greater(sample.opacity, Lanes(repeating: 0)))
        let lost = masked(isDense, result.transmission * (1 - passed))
        result.color = result.color + sample.color * lost
        let isFirst = lanes_and(
            lanes_greater(1 - passed, threshold),
            lanes_greater(result.depth, Lanes(repeating: .greatestFiniteMagnitude)))
        result.depth = lanes_select(lanes_and(lanes, isFirst), distance, result.depth)
        result.transmission = result.transmission - lost
        let spent = lanes_less(result.transmission, threshold)
        result.transmission = masked(lanes_and_not(Mask(repeating: -1), spent), result.transmission)
        return lanes_and_not(lanes, spent)
    }
    return result
}

/// Where light that comes along paths was last scattered in a volume, as often as the volume is dense there.
///
/// - Parameter number: 0…1, as many of which lose light before a place as the way there is opaque.
@inline(never)
func scatter(
    _ frame: UnsafePointer<shading_frame>, _ active: Mask, origin: Vec, direction: Vec, near: Lanes, far: Lanes,
    jitter: Lanes, number: Lanes
) -> HazeHit {
    var result = HazeHit()
    // Opacity times way that lets as much through as the number says.
    var left = lanes_log2(lanes_max(1 - number, Lanes(repeating: 1e-20))) * -0.69314718
    march(frame, active, origin, direction, near, far, 1, jitter) { lanes, distance, way, sample in
        let depth = sample.opacity * way
        let meets = lanes_and(
            lanes, lanes_and(lanes_greater_equal(depth, left), lanes_greater(depth, Lanes(repeating: 0))))
        let before = way * (1 - left / lanes_max(depth, Lanes(repeating: 1e-30)))
        result.found = lanes_or(result.found, meets)
        result.distance = lanes_select(meets, distance - before, result.distance)
        result.color = .select(meets, sample.color, result.color)
        left = lanes_select(lanes, left - depth, left)
        return lanes_and_not(lanes, meets)
    }
    return result
}

/// Visits samples of the volumes along rays, within what the clippers leave of them.
///
/// - Parameter visit: gets the lanes that have a sample, where it is, the way since the sample before and what is
///   there; gives back those lanes that go on.
@inline(__always)
private func march(
    _ frame: UnsafePointer<shading_frame>, _ active: Mask, _ origin: Vec, _ direction: Vec, _ near: Lanes,
    _ far: Lanes, _ rate: Float, _ jitter: Lanes, _ visit: (Mask, Lanes, Lanes, VolumeSample) -> Mask
) {
    let volumes = UnsafeBufferPointer(start: frame.pointee.volumes, count: Int(frame.pointee.volume_count))
    var lanes = active
    var cursor = near
    while lanes_any(lanes) != 0 {
        var span = Span(start: cursor, end: far)
        if frame.pointee.clipper_count > 0 {
            let open = visibleSpan(frame, origin, direction, from: cursor)
            span = Span(start: open.start, end: lanes_min(open.end, far))
        }
        lanes = lanes_and(lanes, lanes_less(span.start, span.end))
        guard lanes_any(lanes) != 0 else { return }
        lanes = marchSpan(volumes, lanes, origin, direction, span, rate, jitter, visit)
        guard frame.pointee.clipper_count > 0 else { return }
        cursor = span.end
    }
}

/// A stretch of sixteen rays that runs through volumes, and the way from sample to sample.
private struct Stretch {
    var enter = Lanes(repeating: .infinity)
    var leave = Lanes(repeating: -.infinity)
    var step = Lanes(repeating: .infinity)

    /// More samples than this are not taken of a stretch: their steps grow instead.
    private static let mostSteps: Float = 65536

    @inline(__always)
    init(_ volumes: UnsafeBufferPointer<shading_volume>, _ origin: Vec, _ direction: Vec, _ span: Span, _ rate: Float) {
        for volume in volumes {
            let own = Volume.span(volume, origin, direction)
            let (start, end) = (lanes_max(own.start, span.start), lanes_min(own.end, span.end))
            let meets = lanes_less(start, end)
            enter = lanes_select(meets, lanes_min(enter, start), enter)
            leave = lanes_select(meets, lanes_max(leave, end), leave)
            let step = Volume.step(volume, direction) * (1 / rate)
            self.step = lanes_select(meets, lanes_min(self.step, step), self.step)
        }
        step = lanes_max(step, (leave - enter) * (1 / Self.mostSteps))
        // Far away, steps must not get lost beside the distance.
        step = lanes_max(step, leave * ulpEpsilon)
    }
}

@inline(__always)
private func marchSpan(
    _ volumes: UnsafeBufferPointer<shading_volume>, _ active: Mask, _ origin: Vec, _ direction: Vec, _ span: Span,
    _ rate: Float, _ jitter: Lanes, _ visit: (Mask, Lanes, Lanes, VolumeSample) -> Mask
) -> Mask {
    let stretch = Stretch(volumes, origin, direction, span, rate)
    var going = lanes_and(active, lanes_less(stretch.enter, stretch.leave))
    var ended = Mask(repeating: 0)
    var before = stretch.enter
    var place = stretch.enter + stretch.step * jitter
    while true {
        going = lanes_and(going, lanes_less(before, stretch.leave))
        guard lanes_any(going) != 0 else { return lanes_and_not(active, ended) }
        // The last step ends where the stretch does.
        var here = lanes_min(place, stretch.leave)
        var lanes = going
        var sample: VolumeSample
        if volumes.count == 1 {
            sample = Volume.sample(volumes[0], origin + direction * here, lanes)
        } else {
            let mixed = mix(volumes, origin, direction, from: before, to: here, lanes)
            (sample, here) = (mixed.sample, mixed.end)
            // Between volumes there is nothing to see: on to the next.
            let between = lanes_and_not(lanes, mixed.inside)
            place = lanes_select(between, here + stretch.step * (jitter - 1), place)
            before = lanes_select(between, here, before)
            lanes = lanes_and(lanes, mixed.inside)
        }
        let left = visit(lanes, here, here - before, sample)
        ended = lanes_or(ended, lanes_and_not(lanes, left))
        going = lanes_and_not(going, ended)
        before = lanes_select(lanes, here, before)
        place = lanes_select(lanes_less(here, place), place, place + stretch.step)
    }
}

/// What volumes that lie in each other show together, the lanes that are in any, and where the way ends: no later
/// than the next volume begins or ends, and there where there is none.
@inline(never)
private func mix(
    _ volumes: UnsafeBufferPointer<shading_volume>, _ origin: Vec, _ direction: Vec, from start: Lanes, to end: Lanes,
    _ active: Mask
) -> (sample: VolumeSample, inside: Mask, end: Lanes) {
    var border = Lanes(repeating: .infinity)
    for volume in volumes {
        let span = Volume.span(volume, origin, direction)
        let meets = lanes_less(span.start, span.end)
        for side in 0..<2 {
            let place = side == 0 ? span.start : span.end
            let isAhead = lanes_and(meets, lanes_greater(place, start))
            border = lanes_select(isAhead, lanes_min(border, place), border)
        }
    }
    let here = lanes_min(end, border)
    var sum = VolumeSample(color: Vec(all: 0), opacity: Lanes(repeating: 0))
    var inside = Mask(repeating: 0)
    let middle = start + (here - start) * 0.5
    for volume in volumes {
        let within = lanes_and(active, Volume.span(volume, origin, direction).holds(middle))
        guard lanes_any(within) != 0 else { continue }
        inside = lanes_or(inside, within)
        let one = Volume.sample(volume, origin + direction * here, within)
        let opacity = masked(within, one.opacity)
        sum.color = sum.color + .select(within, one.color * opacity, Vec(all: 0))
        sum.opacity = sum.opacity + opacity
    }
    sum.color = sum.color * (1 / lanes_max(sum.opacity, Lanes(repeating: 1e-30)))
    return (sum, inside, lanes_select(inside, here, border))
}
