// SPDX-License-Identifier: Apache-2.0
import CShading

@inline(__always)
private func isAmbient(_ frame: UnsafePointer<shading_frame>) -> Bool {
    let a = frame.pointee.ambient
    return a.0 > 0 || a.1 > 0 || a.2 > 0
}

/// Lights that are asked at each bounce; the ambient one counts as the first.
@inline(__always)
func lightCount(_ frame: UnsafePointer<shading_frame>) -> Int {
    Int(frame.pointee.light_count) + (isAmbient(frame) ? 1 : 0)
}

/// A direction towards one of the lights, of which there are `lightCount`.
@inline(__always)
func chooseLight(
    _ frame: UnsafePointer<shading_frame>, _ index: Int, _ hit: Hit, _ surface: PathSurface, _ u: Lanes, _ v: Lanes
) -> LightChoice {
    let first = isAmbient(frame) ? 1 : 0
    return index < first
        ? chooseAmbient(frame, surface, u, v)
        : chooseDirection(frame.pointee.lights[index - first], from: hit.position, u, v)
}

/// A direction in which ambient light is looked for.
@inline(never)
private func chooseAmbient(
    _ frame: UnsafePointer<shading_frame>, _ surface: PathSurface, _ u: Lanes, _ v: Lanes
) -> LightChoice {
    let a = frame.pointee.ambient
    let direction = Vec.select(
        surface.isotropic, surface.around.anyDirection(u, v), surface.around.cosineDirection(u, v))
    let cosine = lanes_max(direction.dot(surface.around.normal), Lanes(repeating: 1e-6)) * (1 / Float.pi)
    let chance = lanes_select(surface.isotropic, Lanes(repeating: 1 / (4 * Float.pi)), cosine)
    let radiance = Vec(a.0, a.1, a.2) * Lanes(repeating: 1 / Float.pi)
    return LightChoice(
        direction: direction, distance: Lanes(repeating: .infinity), weight: radiance * (1 / chance), chance: chance)
}
