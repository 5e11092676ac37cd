// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import Models
import Raytracer

/// Builds what the ray tracer draws out of models, decoding their textures.
struct AssetBuilder: Sendable {
    var threads: Int?
    /// Samples that will be drawn of each model, when known.
    var samples: Int?
    var textureLimits = ImageLimits(pixels: 1 << 26)

    func build(_ model: Model) throws -> GeometryAsset {
        let limits = textureLimits
        return try GeometryAsset(model, threads: threads, samples: samples) { texture in
            try ImageDecoder.decode(texture.bytes, limits: limits)
        }
    }
}
