// SPDX-License-Identifier: Apache-2.0

/// What kind of asset a file is, by its extension, and whether it is converted.
public enum AssetKind: Sendable, Hashable {
    case mesh
    case points

    /// Extensions of what is converted, lower case.
    public static let extensions = ["fbx", "gltf", "glb", "ply", "xyz"]

    /// - Throws: `ConversionError.unsupportedFormat`, which says what to do about the format.
    public init(path: String) throws(ConversionError) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let dot = name.lastIndex(of: ".")
        switch dot.map({ name[name.index(after: $0)...].lowercased() }) ?? "" {
        case "fbx", "gltf", "glb": self = .mesh
        case "ply", "xyz": self = .points
        case "e57", "las", "laz":
            throw ConversionError(
                .unsupportedFormat,
                "\(name): E57, LAS and LAZ are not read here for want of a library; write the points as PLY or XYZ.")
        default:
            throw ConversionError(
                .unsupportedFormat,
                "\(name) is not converted: FBX, glTF and GLB are, and point clouds as PLY and XYZ.")
        }
    }
}
