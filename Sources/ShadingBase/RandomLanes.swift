// SPDX-License-Identifier: Apache-2.0
import CShading

/// Numbers 0…1 for each of sixteen samples: a point of the Sobol sequence, shifted by what is the pixel's own (Cranley
/// and Patterson 1976), so that the samples of a pixel fill all dimensions evenly.
///
/// Which number serves what is a matter of its dimension. Behind the sequence's last a generator goes on. Shifts and
/// hashes are those of OSPRay (Apache-2.0): its pictures and ours show the same grain.
struct RandomLanes {
    private let point: UnsafePointer<Float>?
    private let scramble: SIMD16<UInt32>
    private var rest: Congruential

    @inline(__always)
    init(_ frame: UnsafePointer<shading_frame>, _ pixels: PixelBlock, sample: Int) {
        point = frame.pointee.sobol.map { $0 + sample * Int(SHADING_SOBOL_DIMENSIONS) }
        let width = SIMD16<UInt32>(repeating: UInt32(truncatingIfNeeded: frame.pointee.width))
        var hash = Murmur(seed: 0)
        hash.add(lanes_unsigned(pixels.row) &* width &+ lanes_unsigned(pixels.column))
        scramble = hash.finished()
        let number = UInt32(truncatingIfNeeded: Int(frame.pointee.first_sample) + sample)
        hash.add(SIMD16(repeating: number))
        rest = Congruential(hash.finished())
    }

    /// A number of no dimension.
    @inline(__always)
    mutating func next() -> Lanes { rest.next() }

    /// The number of a dimension.
    @inline(__always)
    mutating func number(_ dimension: Int) -> Lanes {
        guard let point, dimension < Int(SHADING_SOBOL_DIMENSIONS) else { return rest.next() }
        var h = lanes_xor(scramble, SIMD16(repeating: UInt32(truncatingIfNeeded: dimension) ^ 61))
        h = h &+ lanes_shift_left(h, 3)
        h = lanes_xor(h, lanes_shift_right(h, 4)) &* SIMD16(repeating: 0x27d4_eb2d)
        let sum = lanes_unit_float(h) + point[dimension]
        return lanes_select(lanes_greater_equal(sum, Lanes(repeating: 1)), sum - 1, sum)
    }
}

/// Which dimensions serve what at one bounce, with three numbers for each light.
struct BounceDimensions {
    private let first: Int

    /// Those of the place in the pixel.
    static let pixel = 0
    /// Those of the lens; after them comes the time.
    static let lens = 2

    @inline(__always)
    init(bounce: Int, lights: Int) { first = 5 + bounce * (4 + 3 * lights) }

    /// Two for the direction.
    var direction: Int { first }
    /// What the surface does: passes, mirrors or scatters.
    var lobe: Int { first + 2 }
    /// Three for each time that a light is asked: which, and two for the place on it.
    @inline(__always)
    func light(_ index: Int) -> Int { first + 4 + 3 * index }
}
