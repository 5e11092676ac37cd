// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// Cells with their places, from one HDF5 file.
public struct CellPlacementLoader: LoaderSettings {
    public static let loaderName = "Cell placement loader"
    public static let plugin = Plugin.circuitExplorer
    public static let extensions = ["circuit.morphologies.h5"]
    public static let takesUploads = false

    /// The part of the cells that is loaded, where `ids` names none; 0.1 is a tenth. From 0 to 1. The server's default
    /// is 1.
    public var percentage: Double?
    /// The cells to load, which makes `percentage` mean nothing.
    public var ids: [Int]?
    /// The folder of the cells' shapes.
    public var morphologyFolder: String?
    /// The extension of the files in that folder.
    public var fileExtension: String?
    /// How each cell is shown.
    public var morphology: Morphology?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        percentage: Double? = nil, ids: [Int]? = nil, morphologyFolder: String? = nil, fileExtension: String? = nil,
        morphology: Morphology? = nil
    ) {
        self.percentage = percentage
        self.ids = ids
        self.morphologyFolder = morphologyFolder
        self.fileExtension = fileExtension
        self.morphology = morphology
    }

    enum CodingKeys: String, CodingKey {
        case percentage
        case ids
        case morphologyFolder = "morphology_folder"
        case fileExtension = "extension"
        case morphology = "morphology_parameters"
    }
}
