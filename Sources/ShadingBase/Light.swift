// SPDX-License-Identifier: Apache-2.0
import CShading

/// What a light sends to sixteen places.
struct LightSample {
    /// Towards the light, of length 1.
    var direction: Vec
    var distance: Lanes
    /// Irradiance on a surface that faces the light.
    var weight: Vec
}

/// A light seen from its middle: what the interactive renderer shades with, so its shadows are sharp.
@inline(__always)
func sampleMiddle(_ light: shading_light, from position: Vec) -> LightSample {
    let color = Vec(light.r, light.g, light.b)
    let zero = Lanes(repeating: 0)
    switch light.kind {
    case UInt32(SHADING_LIGHT_DIRECTIONAL):
        return LightSample(
            direction: Vec(light.dx, light.dy, light.dz), distance: Lanes(repeating: .infinity), weight: color)
    case UInt32(SHADING_LIGHT_QUAD):
        let middle = Vec(
            light.px + 0.5 * (light.e1x + light.e2x), light.py + 0.5 * (light.e1y + light.e2y),
            light.pz + 0.5 * (light.e1z + light.e2z))
        let way = middle - position
        let distance = lanes_sqrt(way.dot(way))
        let direction = way * (1 / distance)
        let cosine = Vec(light.dx, light.dy, light.dz).dot(direction)
        let share = cosine * light.area / (distance * distance)
        return LightSample(
            direction: direction, distance: distance, weight: color * masked(lanes_greater(cosine, zero), share))
    default:
        let way = Vec(light.px, light.py, light.pz) - position
        let square = way.dot(way)
        let inverse = 1 / lanes_sqrt(square)
        let direction = way * inverse
        let sine = inverse * light.radius
        let isPoint = lanes_less_equal(sine, Lanes(repeating: 0.005))
        let isOutside = lanes_less(sine, Lanes(repeating: 1))
        // A ball fills a cone; a small one is a point, for want of precision.
        let cosine = lanes_sqrt(lanes_max(1 - sine * sine, zero))
        let cone = (1 - cosine) * (2 * Float.pi)
        let disk = Float.pi * light.radius * light.radius
        let share = lanes_select(
            isPoint, inverse * inverse, masked(isOutside, cone / max(disk, Float.leastNormalMagnitude)))
        let distance = square * inverse
        return LightSample(
            direction: direction, distance: lanes_select(isPoint, distance, distance - light.radius),
            weight: color * share)
    }
}
