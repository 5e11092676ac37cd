// SPDX-License-Identifier: Apache-2.0
import CShading
import Dispatch

/// The least and the greatest sample of each block of a grid, by which a ramp tells which blocks show anything.
struct VolumeCells: Sendable {
    /// Blocks along x, y and z; each holds the places between `SHADING_VOLUME_CELL` samples and the next.
    let size: SIMD3<Int>
    /// One a block, x fastest; lower above upper where no sample is a number.
    let ranges: [SIMD2<Float>]

    private static let side = Int(SHADING_VOLUME_CELL)

    /// - Parameter sample: the value at an index of the grid, x fastest.
    init(_ grid: SIMD3<Int>, _ sample: @escaping @Sendable (Int) -> Float) {
        let size = SIMD3(grid.x, grid.y, grid.z) &+ (Self.side - 1)
        let blocks = SIMD3(size.x / Self.side, size.y / Self.side, size.z / Self.side)
        self.size = blocks
        ranges = Array(unsafeUninitializedCapacity: blocks.x * blocks.y * blocks.z) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            let output = Output(base: base)
            DispatchQueue.concurrentPerform(iterations: blocks.z) { z in
                for y in 0..<blocks.y {
                    for x in 0..<blocks.x {
                        let range = Self.range(SIMD3(x, y, z), grid, sample)
                        (output.base + x + blocks.x * (y + blocks.y * z)).initialize(to: range)
                    }
                }
            }
            count = blocks.x * blocks.y * blocks.z
        }
    }

    private struct Output: @unchecked Sendable {
        // Sendable: each thread writes blocks of its own.
        var base: UnsafeMutablePointer<SIMD2<Float>>
    }

    /// Over a block's samples and those behind it, which are mixed with its last.
    private static func range(_ block: SIMD3<Int>, _ grid: SIMD3<Int>, _ sample: (Int) -> Float) -> SIMD2<Float> {
        let first = block &* side
        let last = SIMD3(
            min(first.x + side, grid.x - 1), min(first.y + side, grid.y - 1), min(first.z + side, grid.z - 1))
        var range = SIMD2<Float>(.infinity, -.infinity)
        for z in first.z...last.z {
            for y in first.y...last.y {
                let row = grid.x * (y + grid.y * z)
                for x in first.x...last.x {
                    let value = sample(row + x)
                    range = SIMD2(value < range.x ? value : range.x, value > range.y ? value : range.y)
                }
            }
        }
        return range
    }
}
