// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// Streamlines of nerve fibres, by their configuration file.
public struct DTILoader: LoaderSettings {
    public static let loaderName = "DTI loader"
    public static let plugin = Plugin.dti
    public static let extensions = ["json"]
    public static let takesUploads = false

    /// Radius of a streamline, in scene units.
    public var radius: Double
    /// Milliseconds that a spike takes along a streamline. At least 0. The server's default is 1.
    public var spikeDecayTime: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(radius: Double, spikeDecayTime: Double? = nil) {
        self.radius = radius
        self.spikeDecayTime = spikeDecayTime
    }

    enum CodingKeys: String, CodingKey {
        case radius
        case spikeDecayTime = "spike_decay_time"
    }
}
