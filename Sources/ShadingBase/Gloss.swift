// SPDX-License-Identifier: Apache-2.0
import CShading

/// The boundary of clear stuff, rough or smooth, over a diffuse base on sixteen surfaces.
///
/// Nothing gets lost but what the boundary mirrors, to and fro (Kelemen and Szirmay-Kalos 2001).
struct Gloss {
    /// Share of light that is mirrored towards where it is seen from.
    let mirrored: Lanes
    private let facets: Microfacets
    private let eta: Lanes
    private let weight: Lanes
    /// What is mirrored of light from a direction: factors of the powers 0, 2, 4 and 8 of one minus its cosine.
    private let curve: (Lanes, Lanes, Lanes, Lanes)
    /// Mean share over all directions.
    private let average: Lanes

    @inline(__always)
    init(_ rows: SurfaceRows, frame: Frame3, outgoing: Vec) {
        facets = Microfacets(
            frame: frame, roughness: rows.row(SurfaceRows.roughness), anisotropy: rows.row(SurfaceRows.anisotropy),
            outgoing: outgoing)
        weight = rows.row(SurfaceRows.gloss)
        eta = 1 / lanes_max(rows.row(SurfaceRows.glossIor), Lanes(repeating: 1))
        let c = SurfaceRows.glossCurve
        curve = (rows.row(c), rows.row(c + 1), rows.row(c + 2), rows.row(c + 3))
        // Each power's integral times twice the cosine.
        let low: Lanes = curve.0 + curve.1 * (1 / 6)
        let high: Lanes = curve.2 * (1 / 15) + curve.3 * (1 / 45)
        average = weight * (low + high)
        mirrored = weight * Self.share(curve, facets.outgoing.z)
    }

    @inline(__always)
    private static func share(_ curve: (Lanes, Lanes, Lanes, Lanes), _ cosine: Lanes) -> Lanes {
        let x = 1 - lanes_min(lanes_max(cosine, Lanes(repeating: 0)), Lanes(repeating: 1))
        let square = x * x
        let fourth = square * square
        let low: Lanes = curve.0 + curve.1 * square
        let high: Lanes = curve.2 * fourth + curve.3 * (fourth * fourth)
        return lanes_min(lanes_max(low + high, Lanes(repeating: 0)), Lanes(repeating: 1))
    }

    /// What is mirrored from a direction, times its cosine, and the chance by which `direction` chooses it.
    @inline(never)
    func evaluate(_ incoming: Vec) -> (value: Lanes, chance: Lanes) {
        let view = facets.meet(incoming)
        let sine: Lanes = 1 - view.cosine * view.cosine
        let refracted = lanes_sqrt(lanes_max(1 - sine * eta * eta, Lanes(repeating: 0)))
        let share = fresnel(view.cosine, refracted, eta) * weight
        return (masked(view.above, view.share * share), masked(view.above, view.chance))
    }

    /// What light from a direction keeps on its way to the base and out again.
    @inline(__always)
    func passed(_ cosine: Lanes) -> Lanes {
        let incoming: Lanes = 1 - weight * Self.share(curve, cosine)
        return (1 - mirrored) * incoming / lanes_max(1 - average, Lanes(repeating: 1e-3))
    }

    @inline(__always)
    func direction(_ u: Lanes, _ v: Lanes) -> Vec { facets.direction(u, v) }
}
