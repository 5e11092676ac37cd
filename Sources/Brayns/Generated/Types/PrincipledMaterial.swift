// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import Scene

/// Everything at once; production renderer only; what is `nil` has the server's default.
public struct PrincipledMaterial: Codable, Hashable, Sendable {
    /// Linear colour of a metal seen at a grazing angle.
    public var edgeColor: Vector3?
    /// 0 is not metal, 1 is metal. From 0 to 1.
    public var metallic: Double?
    /// Weight of diffuse reflection. From 0 to 1.
    public var diffuse: Double?
    /// Weight of mirror reflection. From 0 to 1.
    public var specular: Double?
    /// Index of refraction. At least 1.
    public var ior: Double?
    /// Weight of light let through. From 0 to 1.
    public var transmission: Double?
    /// Linear colour that white light has after `transmissionDepth`.
    public var transmissionColor: Vector3?
    /// Path length for `transmissionColor`, in scene units.
    public var transmissionDepth: Double?
    /// 0 is a mirror, 1 is rough.
    public var roughness: Double?
    /// How far highlights stretch along one direction. From 0 to 1.
    public var anisotropy: Double?
    /// The direction of the stretch; 1 is a whole turn. From 0 to 1.
    public var anisotropyRotation: Double?
    /// Whether the surface is a sheet without an inside.
    public var thin: Bool?
    /// Thickness of the sheet, in scene units.
    public var thickness: Double?
    /// Diffuse light let through the sheet. From 0 to 2.
    public var backLight: Double?
    /// Weight of the clear coat. From 0 to 1.
    public var coat: Double?
    /// Index of refraction of the coat.
    public var coatIOR: Double?
    /// Linear tint of the coat.
    public var coatColor: Vector3?
    /// Thickness of the coat, which deepens its tint.
    public var coatThickness: Double?
    /// Roughness of the coat, 0 to 1.
    public var coatRoughness: Double?
    /// Weight of the velvet layer.
    public var sheen: Double?
    /// Linear colour of the velvet layer.
    public var sheenColor: Vector3?
    /// How far the velvet takes on the base colour, 0 to 1.
    public var sheenTint: Double?
    /// Roughness of the velvet layer, 0 to 1.
    public var sheenRoughness: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        edgeColor: Vector3? = nil, metallic: Double? = nil, diffuse: Double? = nil, specular: Double? = nil,
        ior: Double? = nil, transmission: Double? = nil, transmissionColor: Vector3? = nil,
        transmissionDepth: Double? = nil, roughness: Double? = nil, anisotropy: Double? = nil,
        anisotropyRotation: Double? = nil, thin: Bool? = nil, thickness: Double? = nil, backLight: Double? = nil,
        coat: Double? = nil, coatIOR: Double? = nil, coatColor: Vector3? = nil, coatThickness: Double? = nil,
        coatRoughness: Double? = nil, sheen: Double? = nil, sheenColor: Vector3? = nil, sheenTint: Double? = nil,
        sheenRoughness: Double? = nil
    ) {
        self.edgeColor = edgeColor
        self.metallic = metallic
        self.diffuse = diffuse
        self.specular = specular
        self.ior = ior
        self.transmission = transmission
        self.transmissionColor = transmissionColor
        self.transmissionDepth = transmissionDepth
        self.roughness = roughness
        self.anisotropy = anisotropy
        self.anisotropyRotation = anisotropyRotation
        self.thin = thin
        self.thickness = thickness
        self.backLight = backLight
        self.coat = coat
        self.coatIOR = coatIOR
        self.coatColor = coatColor
        self.coatThickness = coatThickness
        self.coatRoughness = coatRoughness
        self.sheen = sheen
        self.sheenColor = sheenColor
        self.sheenTint = sheenTint
        self.sheenRoughness = sheenRoughness
    }

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
