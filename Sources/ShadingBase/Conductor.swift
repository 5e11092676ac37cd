// SPDX-License-Identifier: Apache-2.0
import CShading

/// Sixteen rough metal surfaces: microfacets, with light that bounces between them made up for (Kulla and Conty 2017).
struct Conductor {
    private let facets: Microfacets
    private let color: Vec
    /// Whether reflection follows from `eta` and `k`; else from `color` and white at grazing angles.
    private let isExact: Mask
    private let eta: Vec
    private let k: Vec
    /// What bounces between facets comes to, before what the two directions leave of it.
    private let bounced: Vec
    private let roughness: Lanes
    private let albedo: UnsafePointer<Float>?

    /// - Parameters:
    ///   - frame: of the surface; flakes turn it their way.
    ///   - flakes: lanes that show a flake of aluminium.
    @inline(never)
    init(
        _ rows: SurfaceRows, frame: Frame3, flakes: Mask, outgoing: Vec, albedo: UnsafePointer<Float>?
    ) {
        self.albedo = albedo
        roughness = lanes_select(
            flakes, Lanes(repeating: 0.3), lanes_min(rows.row(SurfaceRows.roughness), Lanes(repeating: 1)))
        facets = Microfacets(
            frame: frame, roughness: roughness, anisotropy: rows.row(SurfaceRows.anisotropy), outgoing: outgoing)
        color = rows.vec(SurfaceRows.color)
        let isArtistic = lanes_greater(rows.row(SurfaceRows.artistic), Lanes(repeating: 0.5))
        isExact = lanes_or(isArtistic, flakes)
        let edge = rows.vec(SurfaceRows.edge)
        let artistic = Self.indices(color, edge)
        eta = .select(flakes, Vec(1.697, 0.8798, 0.5302), artistic.eta)
        k = .select(flakes, Vec(9.302, 6.276, 4.8943), artistic.k)
        let average = Vec.select(
            isArtistic, Self.average(color, edge), color * Lanes(repeating: 20 / 21) + Vec(all: 1 / 21))
        // Flakes lie apart: between them little bounces.
        bounced = Vec.select(
            flakes, Vec(all: 0), Self.bounced(average, AlbedoTable.average(albedo, roughness)))
    }

    /// Share of light that is left after two facets and more.
    @inline(__always)
    private static func bounced(_ average: Vec, _ albedo: Lanes) -> Vec {
        let lost = 1 - albedo
        func one(_ f: Lanes) -> Lanes { f * f * albedo / lanes_max(1 - f * lost, Lanes(repeating: 1e-6)) }
        return Vec(one(average.x), one(average.y), one(average.z))
    }

    /// The complex index of refraction of a metal of some colour seen head-on and tint at its edges (Gulbrandsen 2014).
    @inline(__always)
    private static func indices(_ color: Vec, _ edge: Vec) -> (eta: Vec, k: Vec) {
        func one(_ color: Lanes, _ g: Lanes) -> (Lanes, Lanes) {
            let r = lanes_max(lanes_min(color, Lanes(repeating: 0.99)), Lanes(repeating: 0))
            let root = lanes_sqrt(r)
            let dim: Lanes = (1 - r) / (1 + r)
            let bright: Lanes = (1 + root) / (1 - root)
            let n: Lanes = dim * g + bright * (1 - g)
            let more: Lanes = n + 1
            let less: Lanes = n - 1
            let square: Lanes = (more * more * r - less * less) / (1 - r)
            return (n, lanes_sqrt(lanes_max(square, Lanes(repeating: 0))))
        }
        let (x, y, z) = (one(color.x, edge.x), one(color.y, edge.y), one(color.z, edge.z))
        return (Vec(x.0, y.0, z.0), Vec(x.1, y.1, z.1))
    }

    /// Mean reflection of such a metal over all directions (the fit of Kulla and Conty 2017).
    @inline(__always)
    private static func average(_ color: Vec, _ edge: Vec) -> Vec {
        func one(_ r: Lanes, _ g: Lanes) -> Lanes {
            let least: Lanes = g * 0.0774594 - 0.0864902
            let alone: Lanes = g * (least * g + 0.0230685) + 0.087237
            let mixed: Lanes = g * 0.0360605 - r * 0.2586 + 0.19744
            let color: Lanes = r * (r * 0.278708 - 0.136432) + 0.782654
            return alone + r * color + r * g * mixed
        }
        return Vec(one(color.x, edge.x), one(color.y, edge.y), one(color.z, edge.z))
    }

    /// What a facet mirrors of light that falls on it at an angle.
    @inline(__always)
    private func fresnel(_ cosine: Lanes) -> Vec {
        let grazing = 1 - cosine
        let fifth = grazing * grazing * grazing * grazing * grazing
        let schlick = color + (Vec(all: 1) - color) * fifth
        guard lanes_any(isExact) != 0 else { return schlick }
        func one(_ n: Lanes, _ k: Lanes) -> Lanes {
            let (square, twice, c2) = (n * n + k * k, 2 * n * cosine, cosine * cosine)
            let along: Lanes = (square * c2 - twice + 1) / (square * c2 + twice + 1)
            let across: Lanes = (square - twice + c2) / (square + twice + c2)
            return 0.5 * (along + across)
        }
        return .select(isExact, Vec(one(eta.x, k.x), one(eta.y, k.y), one(eta.z, k.z)), schlick)
    }

    /// What is reflected from a direction, times its cosine, and the chance by which `direction` chooses it.
    @inline(never)
    func evaluate(_ incoming: Vec) -> (value: Vec, chance: Lanes) {
        let view = facets.meet(incoming)
        let left =
            (1 - AlbedoTable.directional(albedo, facets.outgoing.z, roughness))
            * (1 - AlbedoTable.directional(albedo, view.height, roughness))
        let lost = lanes_max(1 - AlbedoTable.average(albedo, roughness), Lanes(repeating: 1e-4))
        let value = fresnel(view.cosine) * view.share + bounced * (left * view.height / (lost * Float.pi))
        return (.select(view.above, value, Vec(all: 0)), masked(view.above, view.chance))
    }

    @inline(__always)
    func direction(_ u: Lanes, _ v: Lanes) -> Vec { facets.direction(u, v) }
}
