// SPDX-License-Identifier: Apache-2.0
import ImageCore

@testable import Compute

/// The device that all tests share, and pictures to send to it.
enum ComputePictures {
    /// lavapipe, or whatever comes first: every machine that tests has one.
    private static let shared = Result<VulkanEngine, any Error> { try VulkanEngine(device: 0) }

    static func engine() throws -> VulkanEngine { try shared.get() }

    /// Sizes at which bands, words and groups end in the middle of something.
    static let sizes = [(0, 5), (1, 1), (7, 1), (1, 64), (7, 64), (64, 7), (257, 65), (65, 257)]

    static let formats: [PixelFormat] = [
        .rgba8, .rgb8, .linearRGBA,
        PixelFormat(channels: .grey, sample: .uint8, transfer: .sRGB, alpha: .none),
        PixelFormat(channels: .greyAlpha, sample: .uint8, transfer: .sRGB, alpha: .straight),
        PixelFormat(channels: .rgba, sample: .uint16, transfer: .sRGB, alpha: .straight),
        PixelFormat(channels: .rgb, sample: .uint16, transfer: .sRGB, alpha: .none),
        PixelFormat(channels: .rgba, sample: .uint8, transfer: .sRGB, alpha: .premultiplied),
        PixelFormat(channels: .rgb, sample: .float32, transfer: .linear, alpha: .none),
        PixelFormat(channels: .rgba, sample: .float32, transfer: .sRGB, alpha: .straight),
    ]

    /// A disc before a pattern: smooth parts, edges, and alpha of every kind.
    static func scene(_ width: Int, _ height: Int, format: PixelFormat = .rgba8) -> PixelBuffer {
        var packed: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let (dx, dy) = (x - width / 2, y - height / 2)
                packed +=
                    9 * (dx * dx + dy * dy) < width * height
                    ? [UInt8(x * 255 / width), UInt8(y * 255 / height), 90, 255]
                    : [
                        UInt8(truncatingIfNeeded: x * 40), 200, UInt8(truncatingIfNeeded: y * 30),
                        [0, 120, 255][x % 3],
                    ]
            }
        }
        return PixelBuffer(width: width, height: height, format: .rgba8, packed: packed).converted(to: format)
    }

    /// Linear light from nothing to well above white.
    static func light(_ width: Int, _ height: Int) -> PixelBuffer {
        let floats = (0..<width * height).flatMap { index -> [Float] in
            let alpha = Float(index % 5) / 4
            return [Float(index % 97) * 0.1, Float(index % 31) * 0.03, Float(index % 7) * 1.5].map { $0 * alpha } + [
                alpha
            ]
        }
        return PixelBuffer(width: width, height: height, format: .linearRGBA, floats: floats)
    }

    /// The largest difference of two pictures of one format, as a share of white.
    static func difference(_ a: borrowing PixelBuffer, _ b: borrowing PixelBuffer) -> Float {
        guard a.width == b.width, a.height == b.height, a.format == b.format else { return .infinity }
        let (x, y) = (a.packedBytes(), b.packedBytes())
        switch a.format.sample {
        case .uint8: return zip(x, y).reduce(0) { max($0, Float(abs(Int($1.0) - Int($1.1))) / 255) }
        case .uint16:
            return stride(from: 0, to: x.count, by: 2).reduce(0) { most, place in
                let (p, q) = (Int(x[place]) | Int(x[place + 1]) << 8, Int(y[place]) | Int(y[place + 1]) << 8)
                return max(most, Float(abs(p - q)) / 65535)
            }
        case .float32:
            return x.withUnsafeBytes { x in
                y.withUnsafeBytes { y in
                    stride(from: 0, to: x.count, by: 4).reduce(0) { most, place in
                        let (p, q) = (
                            x.load(fromByteOffset: place, as: Float.self), y.load(fromByteOffset: place, as: Float.self)
                        )
                        // Light beyond white is compared by ratio.
                        return p.bitPattern == q.bitPattern ? most : max(most, abs(p - q) / max(1, abs(p)))
                    }
                }
            }
        }
    }
}
