// SPDX-License-Identifier: Apache-2.0
import CShading

/// Sixteen rough metal surfaces: GGX microfacets that are longer one way than the other, with Smith's height-correlated
/// masking (Heitz 2014), and light that bounces between facets made up for (Kulla and Conty 2017).
struct Conductor {
    private let around: Frame3
    /// Widths of the facets' slopes along the tangent and across it.
    private let alphaX: Lanes
    private let alphaY: Lanes
    private let color: Vec
    /// Whether reflection follows from `eta` and `k`; else from `color` and white at grazing angles.
    private let isExact: Mask
    private let eta: Vec
    private let k: Vec
    /// What bounces between facets comes to, before what the two directions leave of it.
    private let bounced: Vec
    private let roughness: Lanes
    private let albedo: UnsafePointer<Float>?
    private let outgoing: Vec

    /// - Parameters:
    ///   - frame: of the surface; flakes turn it their way.
    ///   - flakes: lanes that show a flake of aluminium.
    @inline(never)
    init(
        _ rows: SurfaceRows, frame: Frame3, flakes: Mask, outgoing: Vec, albedo: UnsafePointer<Float>?
    ) {
        around = frame
        self.outgoing = outgoing
        self.albedo = albedo
        roughness = lanes_select(
            flakes, Lanes(repeating: 0.3), lanes_min(rows.row(SurfaceRows.roughness), Lanes(repeating: 1)))
        let square = roughness * roughness
        let aspect = lanes_sqrt(1 - 0.9 * rows.row(SurfaceRows.anisotropy))
        alphaX = lanes_max(square / aspect, Lanes(repeating: 0.001))
        alphaY = lanes_max(square * aspect, Lanes(repeating: 0.001))
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

    @inline(__always)
    private func masking(_ v: Vec) -> Lanes {
        let (x, y) = (v.x * alphaX, v.y * alphaY)
        return 0.5 * (lanes_sqrt(1 + (x * x + y * y) / (v.z * v.z)) - 1)
    }

    /// What is reflected from a direction, times its cosine, and the chance by which `direction` chooses it.
    @inline(never)
    func evaluate(_ incoming: Vec) -> (value: Vec, chance: Lanes) {
        let o = around.local(outgoing)
        let i = around.local(incoming)
        let least = Lanes(repeating: 1e-4)
        let half = (o + i).normalized
        let above = lanes_and(lanes_greater(o.z, least), lanes_greater(i.z, least))
        let (x, y) = (half.x / alphaX, half.y / alphaY)
        let d: Lanes = x * x + y * y + half.z * half.z
        let distribution: Lanes = 1 / (alphaX * alphaY * d * d * Float.pi)
        let cosine = lanes_max(o.dot(half), Lanes(repeating: 0))
        let (hidesOut, hidesIn) = (masking(o), masking(i))
        let share = distribution / (4 * o.z)
        let single = fresnel(cosine) * (share / (1 + hidesOut + hidesIn))
        let left =
            (1 - AlbedoTable.directional(albedo, o.z, roughness))
            * (1 - AlbedoTable.directional(albedo, i.z, roughness))
        let lost = lanes_max(1 - AlbedoTable.average(albedo, roughness), Lanes(repeating: 1e-4))
        let value = single + bounced * (left * i.z / (lost * Float.pi))
        return (.select(above, value, Vec(all: 0)), masked(above, share / (1 + hidesOut)))
    }

    /// A visible microfacet's mirror direction (Heitz 2018).
    @inline(never)
    func direction(_ u: Lanes, _ v: Lanes) -> Vec {
        let o = around.local(outgoing)
        let zero = Lanes(repeating: 0)
        let stretched = Vec(o.x * alphaX, o.y * alphaY, lanes_max(o.z, Lanes(repeating: 1e-4))).normalized
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
        let facet = Vec(n.x * alphaX, n.y * alphaY, lanes_max(n.z, Lanes(repeating: 1e-6))).normalized
        let mirror = facet * (2 * o.dot(facet)) - o
        return around.world(mirror.x, mirror.y, mirror.z)
    }
}
