// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

extension PixelBuffer {
    /// The picture without the noise of too few samples, to be called on light that no curve has touched.
    ///
    /// Whatever the picture's format, the work is done in linear light on premultiplied colour; a picture of floats
    /// keeps its range. Samples that are not finite count as zero and negative light stays what it is. The result is
    /// the same for any number of threads.
    /// - Parameter guides: what the renderer knows besides colour; the more, the better.
    /// - Returns: a picture of the same extent and format.
    /// - Throws: `ImageError` where a plane is of another extent or format, or the strength outside its range.
    public func denoised(
        _ settings: DenoiseSettings = DenoiseSettings(), guides: borrowing DenoiseGuides = DenoiseGuides()
    ) throws(ImageError) -> PixelBuffer {
        try settings.check()
        try guides.check(width: width, height: height)
        if settings.isNeutral || width == 0 || height == 0 { return copy() }
        if format != .linearRGBA {
            return try converted(to: .linearRGBA).denoised(settings, guides: guides).converted(to: format)
        }
        let planes = DenoisePlanes(self, guides)
        let result = PixelBuffer(unfilledWidth: width, height: height, format: format)
        let to = RowAddress(result)
        let (width, strength) = (self.width, settings.strength)
        WorkerPool.shared.runBands(height, minimum: 4) { rows in
            for y in rows {
                let row = to.row(y).assumingMemoryBound(to: SIMD4<Float>.self)
                for x in 0..<width { row[x] = planes.mean(around: x, y, strength: strength) }
            }
        }
        return result
    }
}

/// A picture and its guides as vectors, cleaned of what is not finite.
private struct DenoisePlanes: Sendable {
    let width: Int
    let height: Int
    let color: [SIMD4<Float>]
    let variance: [Float]
    /// Normal and depth.
    let shape: [SIMD4<Float>]
    let albedo: [SIMD4<Float>]

    private static let radius = 4

    init(_ picture: borrowing PixelBuffer, _ guides: borrowing DenoiseGuides) {
        let (width, height) = (picture.width, picture.height)
        (self.width, self.height) = (width, height)
        color = Self.vectors(picture)
        let normals = Self.optional(guides.normal), depths = Self.optional(guides.depth)
        let given = Self.optional(guides.variance)
        let zero = SIMD4<Float>.zero
        albedo = Self.optional(guides.albedo) ?? Array(repeating: zero, count: width * height)
        shape = (0..<width * height).map { i in
            var value = normals?[i] ?? zero
            value.w = depths?[i].x ?? 0
            return value
        }
        let color = self.color
        variance = (0..<width * height).map { i in
            if let v = given?[i], v.x + v.y + v.z > 0 { return (v.x + v.y + v.z) / 3 }
            var (sum, squares, count) = (SIMD4<Float>.zero, SIMD4<Float>.zero, Float(0))
            for y in max(0, i / width - 1)...min(height - 1, i / width + 1) {
                for x in max(0, i % width - 1)...min(width - 1, i % width + 1) {
                    let c = color[y * width + x]
                    (sum, squares, count) = (sum + c, squares + c * c, count + 1)
                }
            }
            let spread = squares / count - (sum / count) * (sum / count)
            return max(0, (spread.x + spread.y + spread.z) / 3)
        }
    }

    private static func optional(_ plane: borrowing PixelBuffer?) -> [SIMD4<Float>]? {
        switch plane {
        case .some(let buffer): vectors(buffer)
        case .none: nil
        }
    }

    private static func vectors(_ plane: borrowing PixelBuffer) -> [SIMD4<Float>] {
        let channels = plane.format.channels.rawValue
        var result = [SIMD4<Float>](repeating: .zero, count: plane.width * plane.height)
        for y in 0..<plane.height {
            let row = plane.row(y).assumingMemoryBound(to: Float.self)
            for x in 0..<plane.width {
                for c in 0..<channels where row[channels * x + c].isFinite {
                    result[y * plane.width + x][c] = row[channels * x + c]
                }
            }
        }
        return result
    }

    /// The mean of neighbours that look alike (Tomasi and Manduchi 1998, joint: Eisemann and Durand 2004).
    func mean(around x: Int, _ y: Int, strength: Float) -> SIMD4<Float> {
        let here = y * width + x
        var (sum, total) = (SIMD4<Float>.zero, Float(0))
        for v in max(0, y - Self.radius)...min(height - 1, y + Self.radius) {
            for u in max(0, x - Self.radius)...min(width - 1, x + Self.radius) {
                let there = v * width + u
                let weight = exp(-distance(here, there, strength))
                sum += weight * color[there]
                total += weight
            }
        }
        return total > 0 ? sum / total : color[here]
    }

    private func distance(_ p: Int, _ q: Int, _ strength: Float) -> Float {
        var light = color[p] - color[q]
        light *= light
        let noise = 4 * strength * strength * (variance[p] + variance[q]) + 1e-6
        var colors = albedo[p] - albedo[q]
        colors *= colors
        var shapes = shape[p] - shape[q]
        shapes *= shapes
        let depth = shapes.w / (0.01 * (shape[p].w * shape[p].w + shape[q].w * shape[q].w) + 1e-12)
        return (light.x + light.y + light.z + light.w) / noise + 50 * colors.sum() + 4
            * (shapes.x + shapes.y + shapes.z)
            + depth
    }
}
