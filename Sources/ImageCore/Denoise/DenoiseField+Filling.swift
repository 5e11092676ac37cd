// SPDX-License-Identifier: Apache-2.0
import CVector

extension DenoiseField {
    /// Takes in a picture in `.linearRGBA` and its guides.
    convenience init(_ picture: borrowing PixelBuffer, _ guides: borrowing DenoiseGuides, _ kernels: vec_kernel_table) {
        self.init(width: picture.width, height: picture.height)
        for y in 0..<height { place(Plane.mask, y: y).update(repeating: 1, count: width) }
        fill(Plane.color, from: picture, scale: 1)
        fillGuides(guides.albedo, guides.normal, at: Plane.guides)
        guideNoise = GuideNoise(samples: guides.samples)
        hasFine = guides.hasFine
        if hasFine {
            fillGuides(guides.fineAlbedo, guides.fineNormal, at: Plane.fine)
        } else {
            fillGuides(guides.albedo, guides.normal, at: Plane.fine)
        }
        let isKnown = fillVariance(guides.variance)
        meanLight = measureLight()
        for plane in Plane.color..<Plane.color + 3 { extend(plane) }
        calm(isKnown: isKnown)
        WorkerPool.shared.run(Plane.fineNoise - Plane.color) { index in
            if Plane.color + index != Plane.noise { self.extend(Plane.color + index) }
        }
        estimateGuideNoise(kernels)
        estimateColorNoise(isKnown: isKnown, kernels)
    }

    private func fillGuides(_ albedo: borrowing PixelBuffer?, _ normal: borrowing PixelBuffer?, at plane: Int) {
        fill(plane, from: albedo, scale: 1)
        // Normals span twice the range of colours.
        fill(plane + 3, from: normal, scale: 0.5)
    }

    private func fill(_ plane: Int, from source: borrowing PixelBuffer?, scale: Float) {
        switch source {
        case .some(let source): fill(plane, from: source, scale: scale)
        case .none: break
        }
    }

    /// Copies channels to planes, zero for what is not finite.
    private func fill(_ plane: Int, from source: borrowing PixelBuffer, scale: Float) {
        let (width, channels, from) = (self.width, source.format.channels.rawValue, RowAddress(source))
        WorkerPool.shared.runBands(height, minimum: 16) { rows in
            for y in rows {
                let pixels = UnsafeRawPointer(from.row(y)).assumingMemoryBound(to: Float.self)
                for c in 0..<channels {
                    let target = self.place(plane + c, y: y)
                    for x in 0..<width {
                        let value = pixels[channels * x + c]
                        target[x] = abs(value) <= Self.largest ? value * scale : 0
                    }
                }
            }
        }
    }

    /// More light than any scene holds; its square is still a float.
    private static let largest: Float = 1e16

    /// Sums the channels of the variance into the spare plane; a sum below 0 stands for what is not known.
    private func fillVariance(_ plane: borrowing PixelBuffer?) -> Bool {
        switch plane {
        case .some(let source):
            fillVariance(source)
            return true
        case .none: return false
        }
    }

    private func fillVariance(_ source: borrowing PixelBuffer) {
        let (width, from) = (self.width, RowAddress(source))
        WorkerPool.shared.runBands(height, minimum: 16) { rows in
            for y in rows {
                let samples = UnsafeRawPointer(from.row(y)).assumingMemoryBound(to: Float.self)
                let target = self.place(Plane.spare, y: y)
                for x in 0..<width {
                    let (r, g, b) = (samples[3 * x], samples[3 * x + 1], samples[3 * x + 2])
                    let isKnown = r >= 0 && g >= 0 && b >= 0 && r + g + b <= Self.largest * Self.largest
                    target[x] = isKnown ? r + g + b : -1
                }
            }
        }
    }

    private func estimateGuideNoise(_ kernels: vec_kernel_table) {
        measureSpread(of: Plane.fine, planes: 6, to: Plane.fineNoise, kernels)
        let share = guideNoise.share
        WorkerPool.shared.runBands(height, minimum: 16) { rows in
            for y in rows {
                let samples = self.place(Plane.fineNoise, y: y)
                for x in 0..<self.width { samples[x] *= share }
            }
        }
        extend(Plane.fineNoise)
    }

    /// The mean of nine variances, those that are not known estimated by how far neighbours spread.
    private func estimateColorNoise(isKnown: Bool, _ kernels: vec_kernel_table) {
        measureSpread(of: Plane.color, planes: 3, to: Plane.noise, kernels)
        WorkerPool.shared.runBands(height, minimum: 16) { rows in
            for y in rows {
                let (known, estimate) = (self.place(Plane.spare, y: y), self.place(Plane.noise, y: y))
                for x in 0..<self.width where !isKnown || known[x] < 0 { known[x] = estimate[x] }
            }
        }
        extend(Plane.spare)
        let (width, row) = (self.width, self.row)
        WorkerPool.shared.runBands(height, minimum: 16) { rows in
            for y in rows {
                let (source, target) = (self.place(Plane.spare, y: y), self.place(Plane.noise, y: y))
                for x in 0..<width {
                    let above = source[x - row - 1] + source[x - row] + source[x - row + 1]
                    let beside = source[x - 1] + source[x] + source[x + 1]
                    let below = source[x + row - 1] + source[x + row] + source[x + row + 1]
                    target[x] = (above + beside + below) * (1 / 9)
                }
            }
        }
        extend(Plane.noise)
    }

    private func measureSpread(of plane: Int, planes: Int, to target: Int, _ kernels: vec_kernel_table) {
        forEachTile { tile in
            var part = self.part(plane, tile)
            kernels.spread(&part, Int64(planes), self.place(target, x: tile.x, y: tile.y))
        }
    }

    /// Runs `body` for all tiles, on all threads.
    func forEachTile(_ body: @Sendable (DenoiseTile) -> Void) {
        let (width, height) = (self.width, self.height)
        WorkerPool.shared.run(DenoiseTile.count(width: width, height: height)) {
            body(DenoiseTile($0, width: width, height: height))
        }
    }
}
