// SPDX-License-Identifier: Apache-2.0

extension DenoiseField {
    /// The mean of colour where there is coverage.
    func measureLight() -> Float {
        let sums = sumRows { y in
            var sum = SIMD4<Float>.zero
            for c in 0..<4 {
                let samples = self.place(Plane.color + c, y: y)
                for x in 0..<self.width { sum[c] += samples[x] }
            }
            return sum
        }
        return Float((sums.x + sums.y + sums.z) / 3 / max(sums.w, 1e-9))
    }

    /// Sums of rows, added from the top whichever thread has made them.
    func sumRows(_ row: @Sendable (Int) -> SIMD4<Float>) -> SIMD4<Double> {
        var sums = [SIMD4<Float>](repeating: .zero, count: height)
        sums.withUnsafeMutableBufferPointer { sums in
            nonisolated(unsafe) let target = sums
            WorkerPool.shared.runBands(height, minimum: 16) { rows in
                for y in rows { target[y] = row(y) }
            }
        }
        return sums.reduce(.zero) { $0 + SIMD4<Double>($1) }
    }

    /// Puts light that was lost or won back to where the noise is, in proportion to how strong it is there.
    func keepMeans(of target: RowAddress) {
        // The last channel has the room that there is for it.
        let missing = sumRows { y in
            let (pixels, noise) = (
                target.row(y).assumingMemoryBound(to: SIMD4<Float>.self), self.place(Plane.noise, y: y)
            )
            let own = self.place(Plane.color, y: y)
            var sum = SIMD4<Float>.zero
            for x in 0..<self.width {
                let light = SIMD4(own[x], own[self.plane + x], own[2 * self.plane + x], 0)
                var change = light - pixels[x]
                change.w = self.weight(noise[x], pixels[x])
                sum += change
            }
            return sum
        }
        guard missing.w > 0 else { return }
        var share = SIMD4<Float>((missing + calmed) / missing.w)
        share.w = 0
        let part = share
        WorkerPool.shared.runBands(height, minimum: 16) { rows in
            for y in rows {
                let (pixels, noise) = (
                    target.row(y).assumingMemoryBound(to: SIMD4<Float>.self), self.place(Plane.noise, y: y)
                )
                for x in 0..<self.width { pixels[x] += part * self.weight(noise[x], pixels[x]) }
            }
        }
    }

    /// How much of what is missing a pixel takes: by its noise, but never far more than it has.
    private func weight(_ noise: Float, _ pixel: SIMD4<Float>) -> Float {
        max(0, min(noise.squareRoot(), (pixel.x + pixel.y + pixel.z) / 3))
    }
}
