// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// Planes that have no defect, as pictures of the image core.
extension FloatPlanes {
    /// The colour.
    func picture() -> PixelBuffer { PixelBuffer(width: width, height: height, format: .linearRGBA, floats: color) }

    /// What the planes tell besides colour.
    func guides() -> DenoiseGuides {
        var guides = DenoiseGuides()
        guides.albedo = plane(albedo, .linearRGB)
        guides.normal = plane(normal, .linearRGB)
        guides.variance = plane(variance, .linearRGB)
        return guides
    }

    private func plane(_ floats: [Float], _ format: PixelFormat) -> PixelBuffer? {
        floats.isEmpty ? nil : PixelBuffer(width: width, height: height, format: format, floats: floats)
    }
}
