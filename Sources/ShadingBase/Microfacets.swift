// SPDX-License-Identifier: Apache-2.0
import CShading

/// Tiny mirrors on sixteen surfaces: a GGX distribution of slopes that may be wider one way than the other, with
/// Smith's height-correlated masking (Heitz 2014).
struct Microfacets {
    private let around: Frame3
    /// Widths of the slopes along the tangent and across it.
    private let alphaX: Lanes
    private let alphaY: Lanes
    /// Where light goes to, in the frame.
    let outgoing: Vec

    @inline(__always)
    init(frame: Frame3, roughness: Lanes, anisotropy: Lanes, outgoing: Vec) {
        around = frame
        self.outgoing = frame.local(outgoing)
        let square = roughness * roughness
        let aspect = lanes_sqrt(1 - 0.9 * anisotropy)
        alphaX = lanes_max(square / aspect, Lanes(repeating: 0.001))
        alphaY = lanes_max(square * aspect, Lanes(repeating: 0.001))
    }

    @inline(__always)
    private func masking(_ v: Vec) -> Lanes {
        let (x, y) = (v.x * alphaX, v.y * alphaY)
        return 0.5 * (lanes_sqrt(1 + (x * x + y * y) / (v.z * v.z)) - 1)
    }

    /// How facets mirror light from a direction.
    @inline(__always)
    func meet(_ incoming: Vec) -> MicrofacetView {
        let i = around.local(incoming)
        let least = Lanes(repeating: 1e-4)
        let half = (outgoing + i).normalized
        let (x, y) = (half.x / alphaX, half.y / alphaY)
        let d: Lanes = x * x + y * y + half.z * half.z
        let distribution: Lanes = 1 / (alphaX * alphaY * d * d * Float.pi)
        let share = distribution / (4 * outgoing.z)
        let (hidesOut, hidesIn) = (masking(outgoing), masking(i))
        return MicrofacetView(
            above: lanes_and(lanes_greater(outgoing.z, least), lanes_greater(i.z, least)),
            cosine: lanes_max(outgoing.dot(half), Lanes(repeating: 0)), height: i.z,
            share: share / (1 + hidesOut + hidesIn), chance: share / (1 + hidesOut))
    }

    /// A visible facet's mirror direction (Heitz 2018).
    @inline(never)
    func direction(_ u: Lanes, _ v: Lanes) -> Vec {
        let o = outgoing
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

/// What `Microfacets.meet` finds.
struct MicrofacetView {
    /// Lanes on which both directions are above the surface.
    var above: Mask
    /// Of the angle at which light falls on the facets.
    var cosine: Lanes
    /// Of the angle at which it falls on the surface.
    var height: Lanes
    /// Light that perfect mirrors reflect, times its cosine.
    var share: Lanes
    /// Chance by which `direction` chooses this direction.
    var chance: Lanes
}
