// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// A circuit in the SONATA format, by its configuration file.
public struct SonataLoader: LoaderSettings {
    public static let loaderName = "SONATA loader"
    public static let plugin = Plugin.circuitExplorer
    public static let extensions = ["json"]
    public static let takesUploads = false

    /// The populations to load.
    public var populations: [SonataPopulation]

    /// Takes every value.
    public init(populations: [SonataPopulation]) {
        self.populations = populations
    }

    enum CodingKeys: String, CodingKey {
        case populations = "node_population_settings"
    }
}
