// SPDX-License-Identifier: Apache-2.0

extension PixelBuffer {
    /// The picture without the noise of too few samples, to be called on light that no curve has touched.
    ///
    /// Colour is fitted, pixel by pixel, to what the renderer knows of it: a first-order function of albedo, normal and
    /// place over those of 121 neighbours whose surroundings look alike. So fitted it is told at guides without noise.
    ///
    /// Whatever the picture's format, the work is done in linear light on premultiplied colour; a picture of floats
    /// keeps its range. Samples that are not finite count as zero. The mean of each channel is kept, as far as the
    /// noise can hold what is missing. The result is the same for any number of threads.
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
        let kernels = KernelSet.current.table
        let field = DenoiseField(self, guides, kernels)
        let filter = DenoiseFilter(field, strength: settings.strength, kernels: kernels)
        field.forEachTile { tile in
            let scratch = DenoiseScratch()
            filter.cleanGuides(tile, scratch)
        }
        let result = PixelBuffer(unfilledWidth: width, height: height, format: format)
        let to = RowAddress(result)
        field.forEachTile { tile in
            let scratch = DenoiseScratch()
            let isFitted = filter.fitColor(tile, scratch)
            field.write(tile, isFitted ? scratch.sums : nil, to: to)
        }
        field.keepMeans(of: to)
        return result
    }
}

extension DenoiseField {
    /// Writes a tile's pixels: planes of a tile, or the colour as it came where there are none.
    fileprivate func write(_ tile: DenoiseTile, _ planes: UnsafeMutablePointer<Float>?, to target: RowAddress) {
        let step = DenoiseTile.width * tile.height
        for y in 0..<tile.height {
            let pixels = target.row(tile.y + y).assumingMemoryBound(to: Float.self) + 4 * tile.x
            for c in 0..<4 {
                let own = place(Plane.color + c, x: tile.x, y: tile.y + y)
                let samples = planes.map { $0 + c * step + y * DenoiseTile.width } ?? own
                for x in 0..<tile.columns { pixels[4 * x + c] = samples[x] }
                // A fit may leave the range that coverage and light have; what came with negative light keeps it.
                guard planes != nil else { continue }
                for x in 0..<tile.columns {
                    pixels[4 * x + c] = max(pixels[4 * x + c], min(0, own[x]))
                    if c == 3 { pixels[4 * x + c] = min(pixels[4 * x + c], max(1, own[x])) }
                }
            }
        }
    }

    /// The mean of colour where there is coverage.
    func meanLight() -> Float {
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
    private func sumRows(_ row: @Sendable (Int) -> SIMD4<Float>) -> SIMD4<Double> {
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
    fileprivate func keepMeans(of target: RowAddress) {
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
        var share = SIMD4<Float>(missing / missing.w)
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
