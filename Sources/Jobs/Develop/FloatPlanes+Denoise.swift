// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// Planes that have no defect, as pictures of the image core.
extension FloatPlanes {
    /// The colour.
    func picture() -> PixelBuffer { PixelBuffer(width: width, height: height, format: .linearRGBA, floats: color) }

    /// What the planes tell besides colour.
    ///
    /// - Parameter samples: a pixel, of the finest of them.
    func guides(samples: Int) -> DenoiseGuides {
        var guides = DenoiseGuides()
        guides.samples = max(1, samples)
        guides.albedo = plane(albedo, .linearRGB)
        guides.normal = plane(normal, .linearRGB)
        guides.variance = plane(variance, .linearRGB)
        return guides
    }

    private func plane(_ floats: [Float], _ format: PixelFormat) -> PixelBuffer? {
        floats.isEmpty ? nil : PixelBuffer(width: width, height: height, format: format, floats: floats)
    }
}
