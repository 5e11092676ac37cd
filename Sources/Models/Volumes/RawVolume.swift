// SPDX-License-Identifier: Apache-2.0

/// What has to be known of a file of bare samples to draw it.
package struct RawVolume: Sendable, Hashable {
    package var dimensions: SIMD3<Int>
    package var spacing: SIMD3<Float>
    package var type: VolumeSampleType

    package init(dimensions: SIMD3<Int>, spacing: SIMD3<Float>, type: VolumeSampleType) {
        (self.dimensions, self.spacing, self.type) = (dimensions, spacing, type)
    }

    /// The grid of so many bytes.
    ///
    /// - Throws: `ModelError` with `.corrupt` when their number does not fit the dimensions.
    package func grid(_ bytes: [UInt8], shown: String) throws(ModelError) -> VolumeGrid {
        guard let count = VolumeGrid.sampleCount(dimensions), count > 0 else {
            throw ModelError(.corrupt, "Volume dimensions are empty")
        }
        guard bytes.count == count * type.size else {
            throw ModelError(
                .corrupt,
                "\(shown) has \(bytes.count) bytes, but a volume of \(dimensions.x) x \(dimensions.y) x "
                    + "\(dimensions.z) samples of \(type.size) bytes needs \(count * type.size).")
        }
        return try VolumeGrid(dimensions: dimensions, spacing: spacing, samples: type.samples(bytes))
    }
}
