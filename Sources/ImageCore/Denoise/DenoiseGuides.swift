// SPDX-License-Identifier: Apache-2.0

/// What a renderer knows of a picture besides its colour; each plane is of the picture's extent and may be left out.
///
/// Planes are averages over the same samples as the colour. What was hit by no sample is zero (depth: infinity).
/// Values that are not finite count as zero, and a depth that is not finite as far away.
public struct DenoiseGuides: ~Copyable, Sendable {
    /// Surface colour, `PixelFormat.linearRGB`.
    public var albedo: PixelBuffer?
    /// World normals, `PixelFormat.linearRGB`, each component from -1 to 1.
    public var normal: PixelBuffer?
    /// Distance from the eye in any unit, `PixelFormat.linearGrey`; infinite where nothing was hit.
    public var depth: PixelBuffer?
    /// The variance of the picture's colour: that of the mean, not of a single sample; `PixelFormat.linearRGB`.
    ///
    /// Where it is negative or not a number, and without this plane, it is estimated from neighbours.
    public var variance: PixelBuffer?

    /// Guides that are to be filled in.
    public init() {}

    func check(width: Int, height: Int) throws(ImageError) {
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
        try check("depth", depth, .linearGrey)
        try check("variance", variance, .linearRGB)
    }

    private static func kind(_ plane: borrowing PixelBuffer?) -> (SIMD2<Int>, PixelFormat)? {
        switch plane {
        case .some(let buffer): (SIMD2(buffer.width, buffer.height), buffer.format)
        case .none: nil
        }
    }
}
