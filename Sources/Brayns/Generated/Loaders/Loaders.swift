// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// The loaders of a server with all its plugins.
public enum Loaders {
    /// All of them, the server's own first.
    public static let all: [any LoaderSettings.Type] = [
        MeshLoader.self, MHDVolumeLoader.self, RawVolumeLoader.self, BBPLoader.self, CellPlacementLoader.self,
        Morphology.self, SonataLoader.self, NRRDLoader.self, DTILoader.self, ProteinLoader.self, XYZLoader.self,
    ]
}
