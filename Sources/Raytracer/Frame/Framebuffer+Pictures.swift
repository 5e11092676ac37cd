// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Synchronization

extension Framebuffer {
    /// The picture as Brayns sends it: tone mapped, encoded with the power 1/2.2, 8 bits, with alpha.
    ///
    /// Colour lies over the background's colour whatever the background's alpha. A framebuffer without samples gives
    /// transparent black.
    public func encoded8() -> PixelBuffer {
        lock.withLock { progress in
            let picture = PixelBuffer(width: width, height: height, format: .rgba8)
            let scale = progress.samples > 0 ? 1 / Float(progress.samples) : 0
            let encoding = BraynsEncoding.shared
            for y in 0..<height {
                let row = picture.row(y).assumingMemoryBound(to: UInt8.self)
                let source = color + 4 * width * y
                for x in 0..<width {
                    let (p, q) = (row + 4 * x, source + 4 * x)
                    for c in 0..<3 { p[c] = encoding.encode(q[c] * scale) }
                    p[3] = UInt8(min(max(q[3] * scale, 0), 1) * 255 + 0.5)
                }
            }
            return picture
        }
    }

    /// The picture before tone mapping, with the planes of the first surface seen.
    public func planes() -> FramePlanes {
        lock.withLock { progress in
            let scale = progress.samples > 0 ? 1 / Float(progress.samples) : 0
            let count = width * height
            func scaled(_ source: UnsafeMutablePointer<Float>?, _ components: Int) -> [Float] {
                guard let source else { return [] }
                return (0..<(components * count)).map { source[$0] * scale }
            }
            var planes = FramePlanes(width: width, height: height)
            planes.color = scaled(color, 4)
            planes.normal = scaled(normal, 3)
            planes.albedo = scaled(albedo, 3)
            planes.variance = variance(samples: progress.samples)
            if progress.hasFineGuides {
                planes.fineNormal = copied(fineNormal, 3)
                planes.fineAlbedo = copied(fineAlbedo, 3)
            } else if channels.contains(.fineGuides) {
                (planes.fineNormal, planes.fineAlbedo) = (planes.normal, planes.albedo)
            }
            planes.depth = copied(depth, 1)
            return planes
        }
    }

    private func copied(_ source: UnsafeMutablePointer<Float>?, _ components: Int) -> [Float] {
        guard let source else { return [] }
        return Array(UnsafeBufferPointer(start: source, count: components * width * height))
    }

    /// The sums of squares as the variance of the mean.
    private func variance(samples: Int) -> [Float] {
        guard let deviation else { return [] }
        guard samples > 1 else { return [Float](repeating: .infinity, count: 3 * width * height) }
        let scale = 1 / (Float(samples) * Float(samples - 1))
        return (0..<(3 * width * height)).map {
            let value = deviation[$0] * scale
            return value.isFinite ? value : .infinity
        }
    }
}

/// Linear float planes, rows from the top, tightly packed.
public struct FramePlanes: Sendable {
    public var width: Int
    public var height: Int
    /// Linear red, green, blue (over the background's) and alpha, four floats a pixel.
    public var color: [Float] = []
    /// Distance from the eye of the nearest sample; infinite where nothing was hit.
    public var depth: [Float] = []
    /// World normals towards the eye, three floats a pixel, averaged; zero where nothing was hit.
    public var normal: [Float] = []
    /// Surface colour, three floats a pixel, averaged; zero where nothing was hit.
    public var albedo: [Float] = []
    /// What `normal` holds, over more samples wherever the colour's own differ from pixel to pixel: at edges, on thin
    /// lines, in volumes.
    public var fineNormal: [Float] = []
    /// What `albedo` holds, over the samples of `fineNormal`.
    public var fineAlbedo: [Float] = []
    /// Variance of the mean of linear red, green and blue, three floats a pixel: how far the picture's colour is likely
    /// to be from that of endless samples, squared. Infinite where it is not known: with less than two samples.
    ///
    /// It takes the samples for independent. They are spread evenly and err less: summed over a picture of edges and
    /// soft shadows this is 2.5 to 4 times the squared error.
    public var variance: [Float] = []

    public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }
}
