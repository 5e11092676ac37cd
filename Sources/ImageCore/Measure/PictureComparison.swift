// SPDX-License-Identifier: Apache-2.0

/// How far two pictures are apart, in steps of 1/255 of the sRGB-encoded, straight samples.
public struct PictureComparison: Sendable, Hashable {
    /// Root of the mean squared difference over all channels, 0…255.
    public var rmse: Double
    /// Peak signal-to-noise ratio in dB; infinite for equal pictures.
    public var psnr: Double
    /// Structural similarity of the luma, -1…1; 1 for equal pictures.
    public var ssim: Double
    /// Largest difference of a sample, 0…255.
    public var maxDifference: Double
    /// Mean of the absolute difference, 0…255.
    public var meanAbsoluteDifference: Double
    /// Pixels with any difference.
    public var differingPixels: Int

    package init(
        rmse: Double, psnr: Double, ssim: Double, maxDifference: Double, meanAbsoluteDifference: Double,
        differingPixels: Int
    ) {
        (self.rmse, self.psnr, self.ssim) = (rmse, psnr, ssim)
        (self.maxDifference, self.meanAbsoluteDifference) = (maxDifference, meanAbsoluteDifference)
        self.differingPixels = differingPixels
    }
}
