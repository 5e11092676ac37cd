// SPDX-License-Identifier: Apache-2.0

/// A channel of `export-gbuffers` and of the float plane extension.
public enum BufferChannel: String, Codable, Hashable, Sendable, CaseIterable {
    /// Linear red, green, blue and alpha.
    case color
    /// Distance from the eye, in scene units.
    case depth
    /// Surface colour, without light.
    case albedo
    /// Surface direction in scene coordinates.
    case normal
}
