// SPDX-License-Identifier: Apache-2.0
import Scene

/// How an asset is to be converted: the keys of `<model>.ConversionSettings.json`.
///
/// Names and defaults are those of Azure Remote Rendering's conversion settings.
public struct ConversionSettings: Sendable, Hashable {
    /// How much of the scene's structure is kept.
    public enum SceneGraphMode: String, Sendable, Hashable, CaseIterable {
        /// One object with all transforms applied.
        case none
        /// Structure kept, not meant to be moved.
        case `static`
        case dynamic
    }

    /// Which sides of opaque surfaces are seen.
    public enum Sidedness: String, Sendable, Hashable, CaseIterable {
        case single = "SingleSided"
        case double = "DoubleSided"
    }

    /// A factor on all lengths, above zero.
    public var scaling = 1.0
    /// Whether the middle of the bounding box is moved to the origin.
    public var recentersToOrigin = false
    public var sidedness = Sidedness.double
    /// Whether material colours are taken as display values; `nil` leaves it to the format.
    public var gammaToLinearMaterial: Bool?
    /// Whether vertex colours are taken as display values; `nil` leaves it to the format.
    public var gammaToLinearVertex: Bool?
    public var sceneGraphMode = SceneGraphMode.dynamic
    /// Read and kept; GLB files carry no collision mesh, everything in them can be hit.
    public var generatesCollisionMesh = true
    public var unlitMaterials = false
    /// Whether materials that are equal become one.
    public var deduplicatesMaterials = true
    /// Read and kept; metalness comes as the file says it.
    public var assumesMetallicFBX = true
    /// Which axes of the asset become x, y and z.
    public var axis: [Axis] = [.plusX, .plusY, .plusZ]
    /// Vertex attributes that are left out.
    public var omittedAttributes: Set<VertexAttribute> = []
    /// Metadata to keep, a trailing `*` for any ending.
    public var metadataKeys: [String] = []

    public init() {}

    /// The parts of a vertex that settings can name.
    public enum VertexAttribute: String, Sendable, Hashable, CaseIterable {
        case position, color0, color1, normal, tangent, binormal, texcoord0, texcoord1

        /// The formats that may be asked for, the usual one first.
        var formats: [String] {
            switch self {
            case .position: ["32_32_32_FLOAT", "16_16_16_16_FLOAT"]
            case .color0: ["8_8_8_8_UNSIGNED_NORMALIZED", "NONE"]
            case .color1: ["NONE", "8_8_8_8_UNSIGNED_NORMALIZED"]
            case .normal, .tangent, .binormal: ["8_8_8_8_SIGNED_NORMALIZED", "16_16_16_16_FLOAT", "NONE"]
            case .texcoord0, .texcoord1: ["32_32_FLOAT", "16_16_FLOAT", "NONE"]
            }
        }
    }

    /// The linear map that `axis` stands for.
    var axisMatrix: Matrix4 {
        let rows = axis.map(\.direction)
        func column(_ index: Int) -> SIMD4<Double> { SIMD4(rows[0][index], rows[1][index], rows[2][index], 0) }
        return Matrix4(column(0), column(1), column(2), SIMD4(0, 0, 0, 1))
    }
}
