// SPDX-License-Identifier: Apache-2.0
import CShading

/// A thin sheet of coloured glass: light goes to and fro in it, and takes on its colour on each way.
struct GlassSheet {
    /// Shares of light, by colours.
    let mirrored: Vec
    let passed: Vec

    @inline(__always)
    init(_ rows: SurfaceRows, cosine: Lanes) {
        let cosine = lanes_max(cosine, Lanes(repeating: 1e-3))
        let eta = 1 / lanes_max(rows.row(SurfaceRows.ior), Lanes(repeating: 1))
        let refracted = lanes_sqrt(lanes_max(1 - (1 - cosine * cosine) * eta * eta, Lanes(repeating: 0)))
        let share = fresnel(cosine, refracted, eta)
        let color = rows.vec(SurfaceRows.color)
        let length = 1 / lanes_max(refracted, Lanes(repeating: 1e-3))
        let tint = Vec(lanes_pow(color.x, length), lanes_pow(color.y, length), lanes_pow(color.z, length))
        let through = 1 - share
        let thick = tint * tint
        let back = Vec(all: 1) - thick * (share * share)
        passed = Vec(tint.x / back.x, tint.y / back.y, tint.z / back.z) * (through * through)
        let again = share * through * through
        mirrored = Vec(
            share + again * thick.x / back.x, share + again * thick.y / back.y, share + again * thick.z / back.z)
    }

    /// Mirrors or passes, as often as each counts.
    @inline(__always)
    func choose(_ lobe: Lanes) -> (mirrors: Mask, weight: Vec) {
        let (passedShare, mirroredShare) = (passed.luminance, mirrored.luminance)
        let least = Lanes(repeating: 1e-6)
        let total = lanes_max(mirroredShare + passedShare, least)
        let mirrors = lanes_less(lobe * total, mirroredShare)
        let weight = Vec.select(
            mirrors, mirrored * (total / lanes_max(mirroredShare, least)),
            passed * (total / lanes_max(passedShare, least)))
        return (mirrors, weight)
    }
}

/// Share of light that a boundary of clear media mirrors; `eta` is the outer index over the inner.
@inline(__always)
func fresnel(_ cosine: Lanes, _ refracted: Lanes, _ eta: Lanes) -> Lanes {
    let across = (eta * cosine - refracted) / (eta * cosine + refracted)
    let along = (cosine - eta * refracted) / (cosine + eta * refracted)
    return 0.5 * (across * across + along * along)
}
