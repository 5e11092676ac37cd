// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// Triangle meshes; a real server draws them white, whatever their files say of colours.
public struct MeshLoader: LoaderSettings {
    public static let loaderName = "mesh"
    public static let plugin = Plugin.core
    public static let extensions = ["off", "stl", "ply", "obj"]
    public static let takesUploads = true

    /// There is nothing to say.
    public init() {}
}
