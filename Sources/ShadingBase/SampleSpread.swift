// SPDX-License-Identifier: Apache-2.0
import CShading

/// How far the samples of one pass lie apart, in sixteen pixels.
///
/// Differences from the first sample are squared, not the samples themselves: where all are alike nothing is left to
/// rounding.
struct SampleSpread {
    private var first: Vec
    private var squares: Vec

    /// Takes in one sample; the memory need not hold anything before the first.
    @inline(__always)
    mutating func add(_ color: Vec, isFirst: Bool) {
        guard !isFirst else {
            (first, squares) = (color, Vec(all: 0))
            return
        }
        let difference = color - first
        squares = squares + difference * difference
    }

    /// The sum of squares about the pass's own mean.
    ///
    /// - Parameter sum: of the same samples.
    @inline(__always)
    func deviation(_ sum: Vec, count: Float) -> Vec {
        let difference = sum - first * Lanes(repeating: count)
        let beyond = difference * difference * Lanes(repeating: 1 / count)
        let zero = Lanes(repeating: 0)
        return Vec(
            lanes_max(squares.x - beyond.x, zero), lanes_max(squares.y - beyond.y, zero),
            lanes_max(squares.z - beyond.z, zero))
    }
}

/// Joins a pass's squares about its mean with those of the passes before (Chan, Golub and LeVeque 1979).
///
/// Must run before the pass's colours are added to the frame's.
@inline(never)
func storeDeviation(
    _ frame: UnsafePointer<shading_frame>, _ scratch: Scratch, _ sum: Vec, _ spread: SampleSpread, _ x0: Int32,
    _ y0: Int32, _ x1: Int32, _ y1: Int32
) {
    guard let deviations = frame.pointee.deviation, let colors = frame.pointee.color else { return }
    let count = Float(frame.pointee.sample_count)
    let before = Float(frame.pointee.first_sample)
    let own = spread.deviation(sum, count: count)
    let memory = scratch.surface.base
    memory.storeBytes(of: sum.x, toByteOffset: 0, as: Lanes.self)
    memory.storeBytes(of: sum.y, toByteOffset: 64, as: Lanes.self)
    memory.storeBytes(of: sum.z, toByteOffset: 128, as: Lanes.self)
    memory.storeBytes(of: own.x, toByteOffset: 192, as: Lanes.self)
    memory.storeBytes(of: own.y, toByteOffset: 256, as: Lanes.self)
    memory.storeBytes(of: own.z, toByteOffset: 320, as: Lanes.self)
    let source = memory.assumingMemoryBound(to: Float.self)
    let weight = before * count / (before + count)
    for lane in 0..<16 {
        let (x, y) = (Int(x0) + lane & 3, Int(y0) + lane >> 2)
        guard x < Int(x1), y < Int(y1) else { continue }
        let pixel = y * Int(frame.pointee.width) + x
        for c in 0..<3 {
            var squares = source[48 + 16 * c + lane]
            if before > 0 {
                let step = source[16 * c + lane] / count - colors[4 * pixel + c] / before
                squares += step * step * weight
            }
            deviations[3 * pixel + c] += squares
        }
    }
}
