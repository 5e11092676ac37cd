// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// Planes that have no defect, as pictures of the image core.
extension FloatPlanes {
    /// The colour.
    func picture() -> PixelBuffer { PixelBuffer(width: width, height: height, format: .linearRGBA, floats: color) }

    /// What the planes tell besides colour, of as many samples as the chain asked for.
    func guides(for chain: DevelopChain) -> DenoiseGuides {
        guides(samples: chain.samples, fineSamples: chain.guideSamples)
    }

    /// What the planes tell besides colour.
    ///
    /// - Parameters:
    ///   - samples: a pixel, of the colour.
    ///   - fineSamples: a pixel, of the fine planes if they are there.
    func guides(samples: Int, fineSamples: Int?) -> DenoiseGuides {
        var guides = DenoiseGuides()
        let hasFine = !fineAlbedo.isEmpty && !fineNormal.isEmpty
        guides.samples = max(1, hasFine ? fineSamples ?? samples : samples)
        if hasFine {
            guides.fineAlbedo = plane(fineAlbedo, .linearRGB)
            guides.fineNormal = plane(fineNormal, .linearRGB)
        }
        guides.albedo = plane(albedo, .linearRGB)
        guides.normal = plane(normal, .linearRGB)
        guides.variance = plane(variance, .linearRGB)
        return guides
    }

    private func plane(_ floats: [Float], _ format: PixelFormat) -> PixelBuffer? {
        floats.isEmpty ? nil : PixelBuffer(width: width, height: height, format: format, floats: floats)
    }
}
