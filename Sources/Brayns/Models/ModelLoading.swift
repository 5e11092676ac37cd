// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// How a file becomes a model: a loader and its properties.
public struct ModelLoading: Hashable, Sendable {
    /// The loader's name; an empty one lets the server choose by extension.
    public var loader: String
    /// The loader's properties; the server insists on an object.
    public var properties: JSONValue

    public init(loader: String, properties: JSONValue = .object([:])) {
        (self.loader, self.properties) = (loader, properties)
    }

    /// Triangle meshes: OBJ, PLY, STL, OFF.
    public static let mesh = ModelLoading(loader: "mesh")
    /// Atoms with coordinates, one a line.
    public static let xyz = ModelLoading(loader: "xyz")
    /// A volume with its header in an MHD file.
    public static let mhdVolume = ModelLoading(loader: "mhd-volume")

    /// A volume of bare numbers: `dimensions` voxels along x, y, z, `spacing` scene units apart.
    public static func rawVolume(
        _ type: VolumeDataType, dimensions: [Int], spacing: SIMD3<Double> = SIMD3(repeating: 1)
    ) -> ModelLoading {
        ModelLoading(
            loader: "raw-volume",
            properties: [
                "data_type": .string(type.rawValue),
                "dimensions": .array(dimensions.map { .int(Int64($0)) }),
                "spacing": [.double(spacing.x), .double(spacing.y), .double(spacing.z)],
            ])
    }

    /// Molecules of the protein data bank; `colorScheme` is `none`, `by_id`, `protein_atoms`, `protein_chains` or
    /// `protein_residues`.
    public static func protein(colorScheme: String = "none", radiusMultiplier: Double = 1) -> ModelLoading {
        ModelLoading(
            loader: "protein",
            properties: ["color_scheme": .string(colorScheme), "radius_multiplier": .double(radiusMultiplier)])
    }
}

/// The number type of a raw volume; open, since servers differ in their spelling.
public struct VolumeDataType: RawRepresentable, Codable, Hashable, Sendable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Bytes 0…255, in the spelling that Brayns 3.10 takes: it refuses the right one.
    public static let unsignedChar = VolumeDataType(rawValue: "unsinged_char")
    /// Bytes 0…255 in the right spelling, for a server that has mended its own.
    public static let unsignedCharSpelledRight = VolumeDataType(rawValue: "unsigned_char")
    public static let short = VolumeDataType(rawValue: "short")
    public static let unsignedShort = VolumeDataType(rawValue: "unsigned_short")
    public static let halfFloat = VolumeDataType(rawValue: "half_float")
    public static let float = VolumeDataType(rawValue: "float")
    public static let double = VolumeDataType(rawValue: "double")

    /// This type as a server spells it that lists `known` names.
    public func spelled(among known: [String]) -> VolumeDataType {
        let twins = ["unsinged_char": "unsigned_char", "unsigned_char": "unsinged_char"]
        guard !known.contains(rawValue), let twin = twins[rawValue], known.contains(twin) else { return self }
        return VolumeDataType(rawValue: twin)
    }
}
