// SPDX-License-Identifier: Apache-2.0
import CShading

/// Normals and surface colours for denoising, of the first surface of each path that scatters light.
///
/// What only mirrors or lets through shows something else: paths are followed through it, as Open Image Denoise
/// recommends, and its colour tints what is found. Where that is nothing but background, the clear surface's own normal
/// stays and its colour is the tint.
struct PathGuides {
    /// Paths that have met nothing but clear surfaces.
    private var waiting: Mask
    private var tint = Vec(all: 1)

    /// - Parameter lanes: those to find guides for; none where no one asks.
    init(_ lanes: Mask) { waiting = lanes }

    /// Takes in what paths have met.
    ///
    /// - Parameter surfaces: those of them that have met a surface; the others are in a volume, which faces nowhere.
    @inline(__always)
    mutating func meet(_ met: Mask, surfaces: Mask, normal: Vec, color: Vec, _ result: inout SampleResult) {
        let lanes = lanes_and(waiting, met)
        guard lanes_any(lanes) != 0 else { return }
        let facing = Vec.select(surfaces, normal, Vec(all: 0))
        result.normal = .select(lanes, facing, result.normal)
        result.albedo = .select(lanes, tint * color, result.albedo)
    }

    /// Takes in where paths go on.
    @inline(__always)
    mutating func goOn(_ choice: PathChoice, alive: Mask, _ result: inout SampleResult) {
        waiting = lanes_and(waiting, lanes_and(alive, choice.isClear))
        guard lanes_any(waiting) != 0 else { return }
        let one = Lanes(repeating: 1)
        let share = Vec(
            lanes_min(choice.weight.x, one), lanes_min(choice.weight.y, one), lanes_min(choice.weight.z, one))
        tint = .select(waiting, tint * share, tint)
        result.albedo = .select(waiting, tint, result.albedo)
    }
}
