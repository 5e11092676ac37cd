// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import Scene

/// A volume of bare numbers, x fastest.
public struct RawVolumeLoader: LoaderSettings {
    public static let loaderName = "raw-volume"
    public static let plugin = Plugin.core
    public static let extensions = ["raw"]
    public static let takesUploads = true

    /// The type of one number.
    public var dataType: VolumeDataType
    /// Voxels along x, y and z.
    public var dimensions: SIMD3<Int>
    /// Size of a voxel in scene units.
    public var spacing: Vector3

    /// Takes every value.
    public init(dataType: VolumeDataType, dimensions: SIMD3<Int>, spacing: Vector3) {
        self.dataType = dataType
        self.dimensions = dimensions
        self.spacing = spacing
    }

    enum CodingKeys: String, CodingKey {
        case dataType = "data_type"
        case dimensions
        case spacing
    }
}
