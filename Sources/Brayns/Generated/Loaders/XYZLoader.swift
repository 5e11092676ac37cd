// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// Points with coordinates, one a line; the server reports progress for every line.
public struct XYZLoader: LoaderSettings {
    public static let loaderName = "xyz"
    public static let plugin = Plugin.moleculeExplorer
    public static let extensions = ["xyz"]
    public static let takesUploads = true

    /// There is nothing to say.
    public init() {}
}
