// SPDX-License-Identifier: Apache-2.0
import ImageCore

extension PixelBuffer {
    /// The same 8-bit colours with alpha left out, not blended: for pictures that stand over a background already.
    borrowing func withoutAlpha() -> PixelBuffer {
        let source = packedBytes()
        let pixels = width * height
        let packed = [UInt8](unsafeUninitializedCapacity: pixels * 3) { target, count in
            for pixel in 0..<pixels {
                target[3 * pixel] = source[4 * pixel]
                target[3 * pixel + 1] = source[4 * pixel + 1]
                target[3 * pixel + 2] = source[4 * pixel + 2]
            }
            count = pixels * 3
        }
        return PixelBuffer(width: width, height: height, format: .rgb8, packed: packed)
    }
}
