// SPDX-License-Identifier: Apache-2.0
import CShading

/// Flakes of metal in paint: cells of space around scattered points (Worley 1996), some of which hold a flake that is
/// turned at random.
///
/// Hash and numbers are those of OSPRay's car paint (Apache-2.0), so that each flake lies where Brayns draws it.
enum Flakes {
    /// Cells to a unit of the scene.
    private static let scale: Float = 100
    /// How far points stray from the middles of their cells.
    private static let jitter: Float = 0.75
    /// Width of the slopes of flakes: 0.3 squared.
    private static let alpha: Float = 0.09

    /// Lanes that show a flake, and the flake's normal in the surface's frame.
    @inline(never)
    static func find(_ place: Vec, density: Lanes) -> (found: Mask, normal: Vec) {
        let p = place * Lanes(repeating: scale)
        let cell = Vec(p.x.rounded(.down) + 0.5, p.y.rounded(.down) + 0.5, p.z.rounded(.down) + 0.5)
        var nearest = Lanes(repeating: 1000)
        var state = Congruential(SIMD16(repeating: 0))
        for i in -1...1 {
            for j in -1...1 {
                for k in -1...1 {
                    let center = cell + Vec(Float(i), Float(j), Float(k))
                    var numbers = Congruential(hash(center))
                    let (x, y, z) = (numbers.next(), numbers.next(), numbers.next())
                    let off = center + (Vec(x, y, z) - Vec(all: 0.5)) * Lanes(repeating: jitter) - p
                    let distance = off.dot(off)
                    let closer = lanes_less(distance, nearest)
                    nearest = lanes_select(closer, distance, nearest)
                    state.replace(with: numbers, where: closer)
                }
            }
        }
        let found = lanes_and(
            lanes_greater(density, Lanes(repeating: 1e-5)), lanes_less_equal(state.next(), density))
        return (found, normal(state.next(), state.next()))
    }

    /// A facet's normal, as often as Beckmann's distribution has it.
    @inline(__always)
    private static func normal(_ u: Lanes, _ v: Lanes) -> Vec {
        let rest = lanes_max(1 - u, Lanes(repeating: 1e-7))
        let slope = lanes_log2(rest) * (0 - alpha * alpha * 0.69314718)
        let cosine = 1 / lanes_sqrt(1 + slope)
        let sine = lanes_sqrt(lanes_max(1 - cosine * cosine, Lanes(repeating: 0)))
        let (c, s) = turned(v * (2 * Float.pi))
        return Vec(c * sine, s * sine, cosine)
    }

    /// A hash of a cell's coordinates, which are taken by the bits of their floats.
    @inline(__always)
    private static func hash(_ center: Vec) -> SIMD16<UInt32> {
        var hash = Murmur(seed: 0x537e_6612)
        hash.add(lanes_unsigned(lanes_float_to_bits(center.x.rounded(.down))))
        hash.add(lanes_unsigned(lanes_float_to_bits(center.y.rounded(.down))))
        hash.add(lanes_unsigned(lanes_float_to_bits(center.z.rounded(.down))))
        return hash.finished(length: 12)
    }
}
