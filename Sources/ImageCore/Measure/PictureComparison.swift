// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// How far two pictures are apart, in steps of 1/255 of the sRGB-encoded, straight samples.
///
/// Red, green and blue count (grey as all three), and alpha where either picture has it.
public struct PictureComparison: Sendable, Hashable {
    /// Root of the mean squared difference over all channels, 0…255.
    public var rmse: Double
    /// Peak signal-to-noise ratio in dB; infinite for equal pictures.
    public var psnr: Double { rmse == 0 ? .infinity : 20 * log10(255 / rmse) }
    /// Structural similarity (Wang and others, 2004) of the luma over black, -1…1; 1 for equal pictures.
    public var ssim: Double
    /// Largest difference of a sample, 0…255.
    public var maxDifference: Double
    /// Mean of the absolute difference, 0…255.
    public var meanAbsoluteDifference: Double
    /// Pixels with any difference.
    public var differingPixels: Int
}
