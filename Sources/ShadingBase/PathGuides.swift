// SPDX-License-Identifier: Apache-2.0
import CShading

/// Normals and surface colours for denoising, of the first surface of each path that scatters light.
///
/// What only mirrors or lets through shows something else: paths are followed through it, as Open Image Denoise
/// recommends, and what they have left of light tints what is found. Where that is nothing but background, the clear
/// surface's own normal stays and its colour is the tint.
struct PathGuides {
    /// Paths that have met nothing but clear surfaces.
    private(set) var waiting: Mask
    /// Those of them that stand on metal which mirrors with so little blur that pictures in it can be told.
    private var polished = Mask(repeating: 0)

    /// - Parameter lanes: those to find guides for.
    @inline(__always)
    init(_ lanes: Mask) { waiting = lanes }

    /// Takes in what paths have met.
    ///
    /// - Parameters:
    ///   - hazy: those that have met a place in a volume, which faces nowhere.
    ///   - tint: what the paths have left of light.
    @inline(never)
    mutating func meet(
        _ met: Mask, hazy: Mask, _ hit: Hit, color: Vec, tint: Vec, _ rows: SurfaceRows, _ result: inout SampleResult
    ) {
        let lanes = lanes_and(waiting, met)
        guard lanes_any(lanes) != 0 else { return }
        let facing = Vec.select(hazy, Vec(all: 0), hit.shadingNormal)
        result.normal = .select(lanes, facing, result.normal)
        result.albedo = .select(lanes, Self.bounded(tint) * color, result.albedo)
        let isMetal = lanes_greater(rows.row(SurfaceRows.metal), Lanes(repeating: 0.5))
        let isSmooth = lanes_less(rows.row(SurfaceRows.roughness), Lanes(repeating: 0.1))
        let flakes = lanes_greater(rows.row(SurfaceRows.flakes), Lanes(repeating: 0))
        polished = lanes_and_not(lanes_and_not(lanes_and(isMetal, isSmooth), flakes), hazy)
    }

    /// Takes in where paths go on.
    ///
    /// - Parameter clear: those that the surface let through or mirrored.
    @inline(never)
    mutating func goOn(_ clear: Mask, alive: Mask, tint: Vec, _ result: inout SampleResult) {
        waiting = lanes_and(waiting, lanes_and(alive, lanes_or(clear, polished)))
        guard lanes_any(waiting) != 0 else { return }
        result.albedo = .select(waiting, Self.bounded(tint), result.albedo)
    }

    /// Those of the paths that may find more, where they have met a surface: all others need not go on for the guides.
    @inline(__always)
    func open(_ hit: Hit, hazy: Mask, _ rows: SurfaceRows) -> Mask {
        let isClear = lanes_or(
            lanes_less(hit.opacity, Lanes(repeating: 1)),
            lanes_or(
                lanes_greater(rows.row(SurfaceRows.glass), Lanes(repeating: 0.5)),
                lanes_greater(rows.row(SurfaceRows.ghost), Lanes(repeating: 0))))
        return lanes_and(waiting, lanes_or(lanes_and_not(isClear, hazy), polished))
    }

    @inline(__always)
    private static func bounded(_ tint: Vec) -> Vec {
        let one = Lanes(repeating: 1)
        return Vec(lanes_min(tint.x, one), lanes_min(tint.y, one), lanes_min(tint.z, one))
    }
}
