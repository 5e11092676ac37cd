// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// A volume whose header is an MHD file.
public struct MHDVolumeLoader: LoaderSettings {
    public static let loaderName = "mhd-volume"
    public static let plugin = Plugin.core
    public static let extensions = ["mhd"]
    public static let takesUploads = false

    /// There is nothing to say.
    public init() {}
}
