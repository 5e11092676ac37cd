// SPDX-License-Identifier: Apache-2.0
import CShading

/// How sixteen places scatter light: what passes, a coat that mirrors, metal and a diffuse base under gloss, thin
/// glass, or a place in a volume.
struct PathSurface {
    let around: Frame3
    let geometricNormal: Vec
    let color: Vec
    let opacity: Lanes
    let glass: Mask
    let emitted: Vec
    /// Opacity of a ghost, which shines in its colour and hides nothing of the background; 0 on other surfaces.
    let veil: Lanes
    /// Places in volumes, which scatter light evenly to all sides.
    let isotropic: Mask
    /// How often paths do not pass, and what those that do are worth.
    private let covers: Lanes
    private let passedWeight: Lanes
    private let outgoing: Vec
    /// Shares of the base and of metal, and how much of the base is diffuse.
    private let base: Lanes
    private let metal: Lanes
    private let diffuse: Lanes
    /// Roughness of the diffuse base after Oren and Nayar.
    private let sigma: Lanes
    /// Share of light that the coat mirrors towards where it is seen from.
    private let mirrored: Lanes
    // Made up only where a lane has them.
    private let gloss: Gloss?
    private let conductor: Conductor?
    private let coat: Coat?
    private let sheet: GlassSheet?

    @inline(never)
    init(_ hit: Hit, _ rows: SurfaceRows, outgoing: Vec, albedo: UnsafePointer<Float>?, isotropic: Mask) {
        self.isotropic = isotropic
        let zero = Lanes(repeating: 0)
        around = Frame3(hit.shadingNormal)
        geometricNormal = hit.geometricNormal
        color = rows.vec(SurfaceRows.color)
        glass = lanes_greater(rows.row(SurfaceRows.glass), Lanes(repeating: 0.5))
        let covered = lanes_min(lanes_max(hit.opacity, zero), Lanes(repeating: 1))
        let isGhost = lanes_greater(rows.row(SurfaceRows.ghost), zero)
        veil = masked(isGhost, covered)
        opacity = lanes_select(isGhost, zero, covered)
        emitted = hit.emission + rows.vec(SurfaceRows.radiance) + color * veil
        let byColor = lanes_greater(rows.row(SurfaceRows.byColor), Lanes(repeating: 0.5))
        covers = Self.chance(ofOpacity: opacity, brightness: lanes_select(byColor, color.luminance, 1 - zero))
        passedWeight = (1 - opacity) / lanes_max(1 - covers, Lanes(repeating: 1e-20))
        sigma = rows.row(SurfaceRows.sigma)
        self.outgoing = outgoing

        var (metal, base) = (rows.row(SurfaceRows.metal), rows.row(SurfaceRows.base))
        let plainFrame = Frame3(along: hit.shadingNormal, turned: rows.row(SurfaceRows.rotation))
        var frame = plainFrame
        var flakes = Mask(repeating: 0)
        let density = rows.row(SurfaceRows.flakes)
        if lanes_any(lanes_greater(density, zero)) != 0 {
            let (found, normal) = Flakes.find(hit.position, density: density)
            flakes = found
            frame = frame.replaced(by: Frame3(frame.world(normal.x, normal.y, normal.z)), where: flakes)
            metal = lanes_select(flakes, Lanes(repeating: 1), metal)
            base = lanes_select(flakes, zero, base)
        }
        (self.metal, self.base) = (metal, base)
        diffuse = rows.row(SurfaceRows.diffuse)
        let isGlossy = lanes_any(lanes_greater(rows.row(SurfaceRows.gloss), zero)) != 0
        gloss = isGlossy ? Gloss(rows, frame: plainFrame, outgoing: outgoing) : nil
        let isMetal = lanes_greater(metal, zero)
        conductor =
            lanes_any(isMetal) != 0
            ? Conductor(rows, frame: frame, flakes: flakes, outgoing: outgoing, albedo: albedo) : nil
        let cosine = outgoing.dot(hit.shadingNormal)
        let isCoated = lanes_any(lanes_greater(rows.row(SurfaceRows.coat), zero)) != 0
        coat = isCoated ? Coat(rows, cosine: cosine, coversMetal: isMetal) : nil
        mirrored = coat?.mirrored ?? zero
        sheet = lanes_any(glass) != 0 ? GlassSheet(rows, cosine: cosine) : nil
    }

    /// How often paths are to meet a surface rather than to pass it: by what either is worth.
    @inline(__always)
    private static func chance(ofOpacity opacity: Lanes, brightness: Lanes) -> Lanes {
        let through = 1 - opacity
        let reflected = opacity * brightness
        let share = reflected / lanes_max(reflected + through, Lanes(repeating: 1e-20))
        return lanes_select(lanes_greater(through, Lanes(repeating: 0)), share, Lanes(repeating: 1))
    }

    /// Share of light that glass lets through, by its colours.
    var glassPassed: Vec { sheet?.passed ?? Vec(all: 0) }

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
        let lambert = lanes_max(cosine, zero) * (1 / Float.pi)
        var value = color * (diffuse * lambert * roughened(incoming, lanes_max(cosine, zero)))
        var chance = lambert
        if let gloss {
            let facet = gloss.evaluate(incoming)
            value = value * gloss.passed(cosine) + Vec(facet.value, facet.value, facet.value)
            chance = lambert + (facet.chance - lambert) * gloss.mirrored
        }
        value = value * base
        if let conductor {
            let facet = conductor.evaluate(incoming)
            value = value + facet.value * metal
            chance = chance + (facet.chance - chance) * metalShare
        }
        if let coat { value = value * coat.passed(cosine) }
        value = .select(above, value * opacity, Vec(all: 0))
        chance = masked(above, chance * covers * (1 - mirrored))
        guard lanes_any(isotropic) != 0 else { return (value, chance) }
        let even = Lanes(repeating: 1 / (4 * Float.pi))
        return (.select(isotropic, color * even, value), lanes_select(isotropic, even, chance))
    }

    /// How often metal is chosen rather than the diffuse base.
    @inline(__always)
    private var metalShare: Lanes { metal / lanes_max(metal + base, Lanes(repeating: 1e-6)) }

    /// A rough base by Lambert's law (Oren and Nayar 1994, in the form of Fujii 2012); 1 for a smooth one.
    @inline(__always)
    private func roughened(_ incoming: Vec, _ cosine: Lanes) -> Lanes {
        let zero = Lanes(repeating: 0)
        guard lanes_any(lanes_greater(sigma, zero)) != 0 else { return Lanes(repeating: 1) }
        let out = lanes_max(outgoing.dot(around.normal), zero)
        let s = outgoing.dot(incoming) - out * cosine
        let largest = lanes_max(lanes_max(out, cosine), Lanes(repeating: 1e-6))
        let t = lanes_select(lanes_greater(s, zero), s / largest, s)
        return (1 + sigma * t) / (1 + sigma * (0.5 - 2 / (3 * Float.pi)))
    }

    /// Chooses where to look on.
    @inline(never)
    func choose(_ lobe: Lanes, _ u: Lanes, _ v: Lanes) -> PathChoice {
        let zero = Vec(all: 0)
        let straight = zero - outgoing
        let normal = around.normal
        let mirror = normal * (2 * outgoing.dot(normal)) - outgoing
        let passes = lanes_greater_equal(lobe, covers)
        let coats = lanes_less(lobe, covers * mirrored)
        let isMetal = lanes_less(lobe, covers * (mirrored + (1 - mirrored) * metalShare))
        var smoothDirection = around.cosineDirection(u, v)
        if lanes_any(isotropic) != 0 {
            smoothDirection = .select(isotropic, around.anyDirection(u, v), smoothDirection)
        }
        if let gloss {
            // The part of the lobe's number that is left for the base begins where the metal's ends.
            let first = covers * (mirrored + (1 - mirrored) * metalShare)
            let isGlossy = lanes_less(lobe, first + (covers - first) * gloss.mirrored)
            smoothDirection = .select(isGlossy, gloss.direction(u, v), smoothDirection)
        }
        if let conductor, lanes_any(isMetal) != 0 {
            smoothDirection = .select(isMetal, conductor.direction(u, v), smoothDirection)
        }
        let smoothValue = evaluate(smoothDirection)
        let possible = lanes_greater(smoothValue.chance, Lanes(repeating: 1e-12))
        let smoothWeight = Vec.select(
            possible, smoothValue.value * (1 / lanes_max(smoothValue.chance, Lanes(repeating: 1e-12))), zero)

        let mirrors = lanes_and_not(coats, passes)
        let sharp = lanes_or(passes, mirrors)
        var direction = Vec.select(mirrors, mirror, smoothDirection)
        direction = .select(passes, straight, direction)
        let sharpWeight = lanes_select(passes, passedWeight, Lanes(repeating: 1))
        let choice = PathChoice(
            direction: direction, weight: .select(sharp, Vec(all: 1) * sharpWeight, smoothWeight),
            chance: smoothValue.chance,
            isSharp: sharp, isStraight: passes)
        guard let sheet else { return choice }
        return choice.replaced(by: sheet.choose(lobe), where: glass, mirror: mirror, straight: straight)
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

    /// What sheets of glass choose instead.
    @inline(__always)
    fileprivate func replaced(
        by sheet: (mirrors: Mask, weight: Vec), where glass: Mask, mirror: Vec, straight: Vec
    ) -> PathChoice {
        var choice = self
        choice.direction = .select(glass, .select(sheet.mirrors, mirror, straight), direction)
        choice.weight = .select(glass, sheet.weight, weight)
        choice.isSharp = lanes_or(isSharp, glass)
        choice.isStraight = lanes_select_int(glass, lanes_and_not(glass, sheet.mirrors), isStraight)
        return choice
    }
}
