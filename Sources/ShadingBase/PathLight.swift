// SPDX-License-Identifier: Apache-2.0
import CShading

/// A direction towards a light, chosen at random.
struct LightChoice {
    var direction: Vec
    var distance: Lanes
    /// Radiance over the chance of the direction.
    var weight: Vec
    /// Chance of the direction by solid angle; 0 where nothing else could have chosen it.
    var chance: Lanes

    @inline(__always)
    func replaced(by other: LightChoice, where mask: Mask) -> LightChoice {
        LightChoice(
            direction: .select(mask, other.direction, direction),
            distance: lanes_select(mask, other.distance, distance), weight: .select(mask, other.weight, weight),
            chance: lanes_select(mask, other.chance, chance))
    }
}

/// What a light shows along sixteen rays.
struct LightView {
    var radiance: Vec
    /// Chance by which `chooseDirection` would have taken the ray's direction.
    var chance: Lanes
}

/// Chooses a point of a light, as seen from sixteen places.
@inline(never)
func chooseDirection(_ light: shading_light, from place: Vec, _ u: Lanes, _ v: Lanes) -> LightChoice {
    let color = Vec(light.r, light.g, light.b)
    let zero = Lanes(repeating: 0)
    switch light.kind {
    case UInt32(SHADING_LIGHT_DIRECTIONAL):
        let cosine = Lanes(repeating: light.cosine)
        let direction = Frame3(Vec(light.dx, light.dy, light.dz)).coneDirection(cosine, u, v)
        return LightChoice(
            direction: direction, distance: Lanes(repeating: .infinity), weight: color,
            chance: 1 / (2 * Float.pi * (1 - cosine)))
    case UInt32(SHADING_LIGHT_QUAD):
        let point =
            Vec(light.px, light.py, light.pz) + Vec(light.e1x, light.e1y, light.e1z) * u
            + Vec(light.e2x, light.e2y, light.e2z) * v
        let way = point - place
        let distance = lanes_sqrt(way.dot(way))
        let direction = way * (1 / distance)
        let cosine = Vec(light.dx, light.dy, light.dz).dot(direction)
        let chance = distance * distance / (lanes_abs(cosine) * light.area)
        let shines = lanes_greater(cosine, Lanes(repeating: 1e-6))
        return LightChoice(
            direction: direction, distance: distance, weight: color * masked(shines, 1 / chance),
            chance: masked(shines, chance))
    default:
        let way = Vec(light.px, light.py, light.pz) - place
        let square = way.dot(way)
        let distance = lanes_sqrt(square)
        let towards = way * (1 / distance)
        let sine = (1 / distance) * light.radius
        guard light.kind == UInt32(SHADING_LIGHT_SPHERE) else {
            return LightChoice(direction: towards, distance: distance, weight: color * (1 / square), chance: zero)
        }
        let outside = lanes_less(sine, Lanes(repeating: 1))
        let cosine = lanes_sqrt(lanes_max(1 - sine * sine, zero))
        let opening = coneOpening(sine)
        let direction = Frame3(towards).coneDirection(cosine, u, v)
        let c = direction.dot(towards)
        let reach = c * distance - lanes_sqrt(lanes_max(light.radius * light.radius - (1 - c * c) * square, zero))
        let solid = opening * (2 * Float.pi)
        let radiance = color * Lanes(repeating: 1 / (Float.pi * light.radius * light.radius))
        return LightChoice(
            direction: direction, distance: reach, weight: radiance * masked(outside, solid),
            chance: masked(outside, 1 / solid))
    }
}

/// One minus the cosine of an angle from its sine, without the loss where the angle is small.
@inline(__always)
private func coneOpening(_ sine: Lanes) -> Lanes {
    let square = sine * sine
    return square / (1 + lanes_sqrt(lanes_max(1 - square, Lanes(repeating: 0))))
}

/// What a light shows along rays from `origin` that end after `far`; chances hold for `place`, from where the
/// direction was chosen.
@inline(never)
func look(
    at light: shading_light, along direction: Vec, from origin: Vec, far: Lanes, chosenAt place: Vec
) -> LightView {
    let color = Vec(light.r, light.g, light.b)
    let zero = Lanes(repeating: 0)
    switch light.kind {
    case UInt32(SHADING_LIGHT_DIRECTIONAL):
        let within = lanes_greater_equal(
            direction.dot(Vec(light.dx, light.dy, light.dz)), Lanes(repeating: light.cosine))
        let open = lanes_and(within, lanes_greater(far, Lanes(repeating: .greatestFiniteMagnitude)))
        let chance = Lanes(repeating: 1 / (2 * Float.pi * (1 - light.cosine)))
        return LightView(radiance: color * masked(open, chance), chance: chance)
    case UInt32(SHADING_LIGHT_QUAD):
        let normal = Vec(light.dx, light.dy, light.dz)
        let corner = Vec(light.px, light.py, light.pz)
        let cosine = direction.dot(normal)
        let t = (corner - origin).dot(normal) / cosine
        let point = origin + direction * t
        let across = point - corner
        let e1 = Vec(light.e1x, light.e1y, light.e1z)
        let e2 = Vec(light.e2x, light.e2y, light.e2z)
        // Coordinates along the edges, from areas: e2 × e1 is the normal times the area.
        let a = e2.cross(across).dot(normal) * (1 / light.area)
        let b = across.cross(e1).dot(normal) * (1 / light.area)
        let one = Lanes(repeating: 1)
        var met = lanes_and(lanes_greater(cosine, Lanes(repeating: 1e-6)), lanes_greater(t, zero))
        met = lanes_and(met, lanes_less(t, far))
        met = lanes_and(met, lanes_and(lanes_greater_equal(a, zero), lanes_less_equal(a, one)))
        met = lanes_and(met, lanes_and(lanes_greater_equal(b, zero), lanes_less_equal(b, one)))
        let way = point - place
        return LightView(
            radiance: .select(met, color, Vec(all: 0)),
            chance: way.dot(way) / (lanes_abs(cosine) * light.area))
    case UInt32(SHADING_LIGHT_SPHERE):
        let center = Vec(light.px, light.py, light.pz)
        let way = center - origin
        let along = way.dot(direction)
        let off = way - direction * along
        let square = Lanes(repeating: light.radius * light.radius) - off.dot(off)
        let t = along - lanes_sqrt(lanes_max(square, zero))
        let met = lanes_and(lanes_greater(square, zero), lanes_and(lanes_greater(t, zero), lanes_less(t, far)))
        let radiance = color * Lanes(repeating: 1 / (Float.pi * light.radius * light.radius))
        let before = center - place
        let sine = lanes_sqrt(light.radius * light.radius / before.dot(before))
        return LightView(
            radiance: .select(met, radiance, Vec(all: 0)),
            chance: 1 / (coneOpening(lanes_min(sine, Lanes(repeating: 1))) * (2 * Float.pi)))
    default:
        return LightView(radiance: Vec(all: 0), chance: zero)
    }
}
