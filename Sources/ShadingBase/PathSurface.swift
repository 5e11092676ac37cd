// SPDX-License-Identifier: Apache-2.0
import CShading

/// How sixteen places scatter light: what passes, a coat that mirrors, metal and a diffuse base, or thin glass.
struct PathSurface {
    let around: Frame3
    let geometricNormal: Vec
    let color: Vec
    let opacity: Lanes
    let metal: Lanes
    /// 0 for metal of the surface's colour, 1 for grey.
    let metalWhite: Lanes
    /// Share of light that the coat mirrors, for where the light goes to.
    let mirrored: Lanes
    let glass: Mask
    /// What glass mirrors, and what it lets through.
    let glassMirrored: Vec
    let glassPassed: Vec
    /// Width of the metal's microfacets.
    let alpha: Lanes
    let outgoing: Vec
    let emitted: Vec

    @inline(never)
    init(_ hit: Hit, _ rows: SurfaceRows, outgoing: Vec) {
        let zero = Lanes(repeating: 0)
        around = Frame3(hit.shadingNormal)
        geometricNormal = hit.geometricNormal
        color = rows.vec(SurfaceRows.color)
        glass = lanes_greater(rows.row(SurfaceRows.glass), Lanes(repeating: 0.5))
        opacity = lanes_min(lanes_max(hit.opacity, zero), Lanes(repeating: 1))
        metal = rows.row(SurfaceRows.metal)
        metalWhite = rows.row(SurfaceRows.metalWhite)
        let roughness = lanes_max(rows.row(SurfaceRows.roughness), Lanes(repeating: 0.03))
        alpha = roughness * roughness
        self.outgoing = outgoing
        emitted = hit.emission + rows.vec(SurfaceRows.radiance)

        let cosine = lanes_max(outgoing.dot(hit.shadingNormal), Lanes(repeating: 1e-3))
        let eta = 1 / lanes_max(rows.row(SurfaceRows.ior), Lanes(repeating: 1))
        let refracted = lanes_sqrt(lanes_max(1 - (1 - cosine * cosine) * eta * eta, zero))
        let share = fresnel(cosine, refracted, eta)
        mirrored = share * rows.row(SurfaceRows.coat)
        // A sheet: light goes to and fro in it, and takes on its colour on each way.
        let length = 1 / lanes_max(refracted, Lanes(repeating: 1e-3))
        let tint = Vec(lanes_pow(color.x, length), lanes_pow(color.y, length), lanes_pow(color.z, length))
        let through = 1 - share
        let thick = tint * tint
        let back = Vec(all: 1) - thick * (share * share)
        glassPassed = Vec(tint.x / back.x, tint.y / back.y, tint.z / back.z) * (through * through)
        let again = share * through * through
        glassMirrored = Vec(
            share + again * thick.x / back.x, share + again * thick.y / back.y, share + again * thick.z / back.z)
    }

    /// Lanes that reflect towards more than one direction.
    @inline(__always)
    var smooth: Mask { lanes_and_not(lanes_greater(opacity, Lanes(repeating: 0)), glass) }

    /// What the diffuse base and the metal reflect from a direction, times its cosine, and the chance by which
    /// `choose` takes it.
    @inline(never)
    func evaluate(_ incoming: Vec) -> (value: Vec, chance: Lanes) {
        let zero = Lanes(repeating: 0)
        let cosine = incoming.dot(around.normal)
        let above = lanes_and(smooth, lanes_greater(cosine, zero))
        let base = opacity * (1 - mirrored)
        let lambert = lanes_max(cosine, zero) * (1 / Float.pi)
        let facet = microfacet(incoming)
        let value = color * ((1 - metal) * lambert) + facet.value * metal
        let chance = (1 - metal) * lambert + facet.chance * metal
        return (.select(above, value * base, Vec(all: 0)), masked(above, chance * base))
    }

    /// GGX with Smith's height-correlated masking and Schlick's Fresnel from the surface's colour to white.
    @inline(never)
    private func microfacet(_ incoming: Vec) -> (value: Vec, chance: Lanes) {
        let o = around.local(outgoing)
        let i = around.local(incoming)
        let half = (o + i).normalized
        let a2 = alpha * alpha
        let d = half.z * half.z * (a2 - 1) + 1
        let distribution = a2 / (d * d * Float.pi)
        let oz = lanes_max(o.z, Lanes(repeating: 1e-4))
        let iz = lanes_max(i.z, Lanes(repeating: 1e-4))
        let lo = lanes_sqrt(a2 + (1 - a2) * oz * oz)
        let li = lanes_sqrt(a2 + (1 - a2) * iz * iz)
        let grazing = 1 - lanes_max(o.dot(half), Lanes(repeating: 0))
        let fifth = grazing * grazing * grazing * grazing * grazing
        let base = color + (Vec(all: 0.9) - color) * metalWhite
        let reflected = base + (Vec(all: 1) - base) * fifth
        // D G2 / (4 oz) with G2 / (4 oz iz) = 1 / (2 (oz li + iz lo)).
        let value = reflected * (distribution * iz * 0.5 / (oz * li + iz * lo))
        // Chance of visible normals: D G1 / (4 oz), with G1 = 2 oz / (oz + lo).
        return (value, distribution * 0.5 / (oz + lo))
    }

    /// A visible microfacet's mirror direction (Heitz 2018).
    @inline(never)
    private func facetDirection(_ u: Lanes, _ v: Lanes) -> Vec {
        let o = around.local(outgoing)
        let zero = Lanes(repeating: 0)
        let stretched = Vec(o.x * alpha, o.y * alpha, lanes_max(o.z, Lanes(repeating: 1e-4))).normalized
        let flat = stretched.x * stretched.x + stretched.y * stretched.y
        let isUpright = lanes_less(flat, Lanes(repeating: 1e-12))
        let inverse = 1 / lanes_sqrt(lanes_max(flat, Lanes(repeating: 1e-12)))
        let t1 = Vec.select(
            isUpright, Vec(1, 0, 0), Vec(0 - stretched.y * inverse, stretched.x * inverse, zero))
        let t2 = stretched.cross(t1)
        let r = lanes_sqrt(u)
        let (c, s) = turned(v * (2 * Float.pi))
        let p1 = r * c
        let blend = 0.5 * (1 + stretched.z)
        let p2 = (1 - blend) * lanes_sqrt(lanes_max(1 - p1 * p1, zero)) + blend * (r * s)
        let up = lanes_sqrt(lanes_max(1 - p1 * p1 - p2 * p2, zero))
        let n = t1 * p1 + t2 * p2 + stretched * up
        let facet = Vec(n.x * alpha, n.y * alpha, lanes_max(n.z, Lanes(repeating: 1e-6))).normalized
        let mirror = facet * (2 * o.dot(facet)) - o
        return around.world(mirror.x, mirror.y, mirror.z)
    }

    /// Chooses where to look on.
    @inline(never)
    func choose(_ lobe: Lanes, _ u: Lanes, _ v: Lanes) -> PathChoice {
        let zero = Vec(all: 0)
        let straight = zero - outgoing
        let normal = around.normal
        let mirror = normal * (2 * outgoing.dot(normal)) - outgoing
        // Glass: mirrored or passed, as often as each counts.
        let passedShare = glassPassed.luminance
        let mirroredShare = glassMirrored.luminance
        let least = Lanes(repeating: 1e-6)
        let total = lanes_max(mirroredShare + passedShare, least)
        let glassReflects = lanes_less(lobe * total, mirroredShare)
        let glassWeight = Vec.select(
            glassReflects, glassMirrored * (total / lanes_max(mirroredShare, least)),
            glassPassed * (total / lanes_max(passedShare, least)))

        let passes = lanes_greater_equal(lobe, opacity)
        let coats = lanes_less(lobe, opacity * mirrored)
        let isMetal = lanes_less(lobe, opacity * (mirrored + (1 - mirrored) * metal))
        let facet = facetDirection(u, v)
        let smoothDirection = Vec.select(isMetal, facet, around.cosineDirection(u, v))
        let smoothValue = evaluate(smoothDirection)
        let possible = lanes_greater(smoothValue.chance, Lanes(repeating: 1e-12))
        let smoothWeight = Vec.select(
            possible, smoothValue.value * (1 / lanes_max(smoothValue.chance, Lanes(repeating: 1e-12))), zero)

        let goesStraight = lanes_select_int(glass, lanes_and_not(glass, glassReflects), passes)
        let mirrors = lanes_select_int(glass, glassReflects, lanes_and_not(coats, passes))
        let sharp = lanes_or(goesStraight, mirrors)
        var direction = Vec.select(mirrors, mirror, smoothDirection)
        direction = .select(goesStraight, straight, direction)
        var weight = Vec.select(sharp, Vec(all: 1), smoothWeight)
        weight = .select(glass, glassWeight, weight)
        return PathChoice(
            direction: direction, weight: weight, chance: smoothValue.chance, isSharp: sharp, isStraight: goesStraight)
    }
}

/// The next direction of sixteen paths.
struct PathChoice {
    var direction: Vec
    /// What the path's throughput is multiplied by.
    var weight: Vec
    /// Chance of the direction by solid angle, where it is not sharp.
    var chance: Lanes
    /// Whether no light could have been chosen in this direction.
    var isSharp: Mask
    /// Whether the path goes on as if nothing had been met.
    var isStraight: Mask
}

/// Share of light that a boundary of clear media mirrors; `eta` is the outer index over the inner.
@inline(__always)
func fresnel(_ cosine: Lanes, _ refracted: Lanes, _ eta: Lanes) -> Lanes {
    let across = (eta * cosine - refracted) / (eta * cosine + refracted)
    let along = (cosine - eta * refracted) / (cosine + eta * refracted)
    return 0.5 * (across * across + along * along)
}
