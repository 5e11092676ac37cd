// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// Molecules of the protein data bank, an atom a ball.
public struct ProteinLoader: LoaderSettings {
    public static let loaderName = "protein"
    public static let plugin = Plugin.moleculeExplorer
    public static let extensions = ["pdb", "pdb1"]
    public static let takesUploads = false

    /// What tells the atoms' colours. The server's default is `none`.
    public var colorScheme: ProteinColors?
    /// What the atoms' radii are multiplied by. The server's default is 1.
    public var radiusMultiplier: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(colorScheme: ProteinColors? = nil, radiusMultiplier: Double? = nil) {
        self.colorScheme = colorScheme
        self.radiusMultiplier = radiusMultiplier
    }

    enum CodingKeys: String, CodingKey {
        case colorScheme = "color_scheme"
        case radiusMultiplier = "radius_multiplier"
    }
}
