// SPDX-License-Identifier: Apache-2.0

/// What brings a method or a loader: the server itself or one of its plugins, as servers name them.
public enum Plugin: String, Codable, Hashable, Sendable, CaseIterable {
    /// The server itself.
    case core = "Core"
    /// Circuits and nerve cells.
    case circuitExplorer = "Circuit Explorer"
    /// Volumes of the brain atlas.
    case atlasExplorer = "Atlas Explorer"
    /// The cylindric camera.
    case cylindricCamera = "Cylindric Camera"
    /// Streamlines of nerve fibres.
    case dti = "DTI"
    /// Molecules.
    case moleculeExplorer = "Molecule Explorer"

    /// The word behind `--plugin` on a server's command line; `nil` for the server itself.
    public var commandLineName: String? {
        self == .core ? nil : "brayns" + rawValue.filter { $0 != " " }
    }
}
