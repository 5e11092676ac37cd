// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// A volume of the brain atlas in the NRRD format.
public struct NRRDLoader: LoaderSettings {
    public static let loaderName = "NRRD loader"
    public static let plugin = Plugin.atlasExplorer
    public static let extensions = ["nrrd"]
    public static let takesUploads = false

    /// What the numbers of a voxel mean.
    public var type: AtlasVoxels

    /// Takes every value.
    public init(type: AtlasVoxels) {
        self.type = type
    }
}
