// SPDX-License-Identifier: Apache-2.0

/// What a renderer knows of a picture besides its colour; each plane is of the picture's extent and may be left out.
///
/// Planes are averages over the same samples as the colour. What was hit by no sample is zero, and values that are not
/// finite count as zero.
public struct DenoiseGuides: ~Copyable, Sendable {
    /// Surface colour, `PixelFormat.linearRGB`.
    public var albedo: PixelBuffer?
    /// World normals, `PixelFormat.linearRGB`, each component from -1 to 1.
    public var normal: PixelBuffer?
    /// What `albedo` holds, over more samples than the colour has; of use together with `fineNormal`.
    ///
    /// Rays that only look are cheap, and most noise of edges and thin lines is that of what is seen: colour fitted to
    /// `albedo` and `normal`, told at these, loses it.
    public var fineAlbedo: PixelBuffer?
    /// What `normal` holds, over more samples than the colour has.
    public var fineNormal: PixelBuffer?
    /// How many samples a pixel these planes are averages of, the fine ones where they are there.
    ///
    /// The fewer, the more noise is taken out of them before colour is told at them.
    public var samples = 4
    /// The variance of the picture's colour: that of the mean, not of a single sample; `PixelFormat.linearRGB`.
    ///
    /// Where it is negative or not a number, and without this plane, it is estimated from neighbours.
    public var variance: PixelBuffer?

    /// Guides that are to be filled in.
    public init() {}

    package func check(width: Int, height: Int) throws(ImageError) {
        guard samples >= 1 else {
            throw ImageError(.badSetting, "Guides of \(samples) samples a pixel are none; they have at least one.")
        }
        func check(_ name: String, _ plane: borrowing PixelBuffer?, _ wanted: PixelFormat) throws(ImageError) {
            guard let (size, format) = Self.kind(plane) else { return }
            guard size == SIMD2(width, height) else {
                throw ImageError(
                    .sizeMismatch,
                    "The \(name) plane is \(size.x)x\(size.y) pixels and the picture \(width)x\(height); "
                        + "denoise with planes of the picture's own size.")
            }
            guard format == wanted else {
                throw ImageError(
                    .formatMismatch,
                    "The \(name) plane has to be of linear floats, \(wanted.channels.rawValue) a pixel and no alpha.")
            }
        }
        try check("albedo", albedo, .linearRGB)
        try check("normal", normal, .linearRGB)
        try check("fine albedo", fineAlbedo, .linearRGB)
        try check("fine normal", fineNormal, .linearRGB)
        try check("variance", variance, .linearRGB)
    }

    /// Whether there are planes of more samples that stand beside those of the colour's own.
    package var hasFine: Bool {
        let isAlbedo = Self.kind(albedo) == nil || Self.kind(fineAlbedo) != nil
        let isNormal = Self.kind(normal) == nil || Self.kind(fineNormal) != nil
        return isAlbedo && isNormal && (Self.kind(fineAlbedo) != nil || Self.kind(fineNormal) != nil)
    }

    private static func kind(_ plane: borrowing PixelBuffer?) -> (SIMD2<Int>, PixelFormat)? {
        switch plane {
        case .some(let buffer): (SIMD2(buffer.width, buffer.height), buffer.format)
        case .none: nil
        }
    }
}
