// SPDX-License-Identifier: Apache-2.0
import CShading

/// A smooth clear coat over sixteen surfaces, which mirrors some of the light and colours the rest.
struct Coat {
    /// Share of light that is mirrored towards where it is seen from.
    let mirrored: Lanes
    private let share: Lanes
    private let eta: Lanes
    /// Mean share over all directions.
    private let average: Lanes
    /// Way through the coat of the light that is seen, in thicknesses.
    private let way: Lanes
    /// Logarithms to the base 2 of what a thickness lets through.
    private let absorbed: Vec
    private let coversMetal: Mask

    @inline(__always)
    init(_ rows: SurfaceRows, cosine: Lanes, coversMetal: Mask) {
        share = rows.row(SurfaceRows.coat)
        let ior = lanes_max(rows.row(SurfaceRows.ior), Lanes(repeating: 1))
        eta = 1 / ior
        // The fit of Kulla and Conty 2017.
        average = share * ((ior - 1) / (4.08567 + 1.00071 * ior))
        let (reflected, refracted) = Self.boundary(cosine, eta)
        mirrored = reflected * share
        way = 1 / refracted
        absorbed = rows.vec(SurfaceRows.absorbed)
        self.coversMetal = coversMetal
    }

    @inline(__always)
    private static func boundary(_ cosine: Lanes, _ eta: Lanes) -> (share: Lanes, refracted: Lanes) {
        let cosine = lanes_max(cosine, Lanes(repeating: 1e-3))
        let square = lanes_max(1 - (1 - cosine * cosine) * eta * eta, Lanes(repeating: 1e-6))
        let refracted = lanes_sqrt(square)
        return (fresnel(cosine, refracted, eta), refracted)
    }

    /// What light from a direction keeps on its way to the surface below and out again.
    ///
    /// Over a diffuse surface nothing gets lost but what the coat mirrors, to and fro (Kelemen and Szirmay-Kalos
    /// 2001); over metal the smaller of both ways' shares counts (Kulla and Conty 2017).
    @inline(__always)
    func passed(_ cosine: Lanes) -> Vec {
        let zero = Lanes(repeating: 0)
        guard lanes_any(lanes_greater(share, zero)) != 0 else { return Vec(all: 1) }
        let (reflected, refracted) = Self.boundary(cosine, eta)
        let incoming = reflected * share
        let overDiffuse = (1 - mirrored) * (1 - incoming) / (1 - average)
        let kept = lanes_select(coversMetal, lanes_min(1 - mirrored, 1 - incoming), overDiffuse)
        guard lanes_any(lanes_less(absorbed.x + absorbed.y + absorbed.z, zero)) != 0 else { return Vec(all: 1) * kept }
        let length = way + 1 / refracted
        let tint = Vec(
            lanes_exp2(absorbed.x * length), lanes_exp2(absorbed.y * length), lanes_exp2(absorbed.z * length))
        return (Vec(all: 1) + (tint - Vec(all: 1)) * share) * kept
    }
}
