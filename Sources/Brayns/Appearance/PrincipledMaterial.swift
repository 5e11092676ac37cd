// SPDX-License-Identifier: Apache-2.0
import Scene

/// The parameters of the principled material; what is `nil` is left out, and the server fills in its default.
public struct PrincipledMaterial: Codable, Hashable, Sendable {
    /// Linear colour of a metal seen at a grazing angle.
    public var edgeColor: Vector3?
    /// 0 is not metal, 1 is metal.
    public var metallic: Double?
    /// Weight of diffuse reflection, 0…1.
    public var diffuse: Double?
    /// Weight of mirror reflection, 0…1.
    public var specular: Double?
    /// Index of refraction, at least 1.
    public var ior: Double?
    /// Weight of light let through, 0…1.
    public var transmission: Double?
    /// Linear colour that white light has after `transmissionDepth`.
    public var transmissionColor: Vector3?
    /// Path length for `transmissionColor`, in scene units.
    public var transmissionDepth: Double?
    /// 0 is a mirror, 1 is rough.
    public var roughness: Double?
    /// How far highlights stretch along one direction, 0…1.
    public var anisotropy: Double?
    /// The direction of the stretch, 0…1 for a whole turn.
    public var anisotropyRotation: Double?
    /// Whether the surface is a sheet without an inside.
    public var thin: Bool?
    /// Thickness of the sheet, in scene units.
    public var thickness: Double?
    /// Diffuse light let through the sheet, 0…2.
    public var backLight: Double?
    /// Weight of the clear coat, 0…1.
    public var coat: Double?
    /// Index of refraction of the coat.
    public var coatIOR: Double?
    /// Linear tint of the coat.
    public var coatColor: Vector3?
    /// Thickness of the coat, which deepens its tint.
    public var coatThickness: Double?
    /// Roughness of the coat.
    public var coatRoughness: Double?
    /// Weight of the velvet layer.
    public var sheen: Double?
    /// Linear colour of the velvet layer.
    public var sheenColor: Vector3?
    /// How far the velvet takes on the base colour.
    public var sheenTint: Double?
    /// Roughness of the velvet layer.
    public var sheenRoughness: Double?

    /// Parameters that are all the server's own.
    public init() {}

    enum CodingKeys: String, CodingKey {
        case edgeColor = "edge_color"
        case metallic
        case diffuse
        case specular
        case ior
        case transmission
        case transmissionColor = "transmission_color"
        case transmissionDepth = "transmission_depth"
        case roughness
        case anisotropy
        case anisotropyRotation = "anisotropy_rotation"
        case thin
        case thickness
        case backLight = "back_light"
        case coat
        case coatIOR = "coat_ior"
        case coatColor = "coat_color"
        case coatThickness = "coat_thickness"
        case coatRoughness = "coat_roughness"
        case sheen
        case sheenColor = "sheen_color"
        case sheenTint = "sheen_tint"
        case sheenRoughness = "sheen_roughness"
    }
}
