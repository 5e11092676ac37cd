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
        let result = PixelBuffer(unfilledWidth: width, height: height, format: format)
        let to = RowAddress(result)
        field.forEachTile { tile in
            let scratch = DenoiseScratch()
            filter.run(tile, scratch, to: to)
        }
        field.keepMeans(of: to)
        return result
    }
}
