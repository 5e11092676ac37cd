// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// A random number generator with a seed, so that a failure can be seen again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

enum TestPictures {
    /// The sizes at which vector loops go wrong.
    static let counts = [0, 1, 2, 3, 4, 5, 7, 15, 16, 17, 21, 22, 23, 63, 64, 65, 255, 257]

    static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed)
        return (0..<count).map { _ in
            // The ends of the range come often: alpha 0 and 255 are where formulas break.
            switch generator.next() % 8 {
            case 0: 0
            case 1: 255
            default: UInt8(truncatingIfNeeded: generator.next())
            }
        }
    }

    static func noise(_ width: Int, _ height: Int, format: PixelFormat = .rgba8, seed: UInt64 = 1) -> PixelBuffer {
        PixelBuffer(
            width: width, height: height, format: format,
            packed: bytes(width * height * format.bytesPerPixel, seed: seed))
    }

    /// Floats from a little below 0 to well above 1, alpha 0…1.
    static func floats(_ pixels: Int, seed: UInt64) -> [Float] {
        var generator = SeededGenerator(seed)
        return (0..<4 * pixels).map { index in
            let pick = generator.next() % 10
            if index % 4 == 3 { return pick == 0 ? 0 : pick == 1 ? 1 : Float.random(in: 0...1, using: &generator) }
            return pick == 0 ? 0 : Float.random(in: -0.1...8, using: &generator)
        }
    }

    /// A picture with smooth parts, edges and transparent pixels.
    static func scene(_ width: Int, _ height: Int) -> PixelBuffer {
        var packed: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let inside =
                    (x - width / 2) * (x - width / 2) + (y - height / 2) * (y - height / 2) < width * height / 9
                packed +=
                    inside
                    ? [UInt8(x * 255 / max(1, width)), UInt8(y * 255 / max(1, height)), 90, 255]
                    : [UInt8(truncatingIfNeeded: x * 40), 200, UInt8(truncatingIfNeeded: y * 30), x % 3 == 0 ? 0 : 120]
            }
        }
        return PixelBuffer(width: width, height: height, format: .rgba8, packed: packed)
    }
}
