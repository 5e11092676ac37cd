// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Raytracer

/// The material a client gave to a model, with the numbers it gave.
struct MaterialState: Sendable, Hashable {
    /// One of Brayns' nine names.
    var name: String
    /// Every parameter of the material, those left out with their defaults.
    var values: [String: JSONValue]

    /// What models that can have a material are told to have before they are given one.
    static let initial = MaterialState(name: "phong", values: ["opacity": 1])

    /// The material for the ray tracer, `nil` for a name it does not know.
    var override: MaterialOverride? {
        switch name {
        case "phong": .phong(opacity: number("opacity", 1))
        case "matte": .matte(opacity: number("opacity", 1))
        case "plastic": .plastic(opacity: number("opacity", 1))
        case "metal": .metal(roughness: number("roughness", 0.1))
        case "glass": .glass(indexOfRefraction: number("index_of_refraction", 1.5))
        case "emissive": .emissive(color: vector("color"), intensity: number("intensity", 1))
        case "carpaint": .carpaint(flakeDensity: number("flake_density", 0))
        case "principled": .principled(principled)
        case "ghost": .ghost
        default: nil
        }
    }

    private func number(_ name: String, _ fallback: Double) -> Double { values[name]?.doubleValue ?? fallback }

    private func vector(_ name: String) -> SIMD3<Double> {
        Parameters(values)[vector3: name] ?? SIMD3(repeating: 1)
    }

    private var principled: PrincipledParameters {
        var p = PrincipledParameters()
        p.edgeColor = vector("edge_color")
        p.metallic = number("metallic", p.metallic)
        p.diffuse = number("diffuse", p.diffuse)
        p.specular = number("specular", p.specular)
        p.ior = number("ior", p.ior)
        p.transmission = number("transmission", p.transmission)
        p.transmissionColor = vector("transmission_color")
        p.transmissionDepth = number("transmission_depth", p.transmissionDepth)
        p.roughness = number("roughness", p.roughness)
        p.anisotropy = number("anisotropy", p.anisotropy)
        p.anisotropyRotation = number("anisotropy_rotation", p.anisotropyRotation)
        p.thin = values["thin"]?.boolValue ?? p.thin
        p.thickness = number("thickness", p.thickness)
        p.backLight = number("back_light", p.backLight)
        p.coat = number("coat", p.coat)
        p.coatIor = number("coat_ior", p.coatIor)
        p.coatColor = vector("coat_color")
        p.coatThickness = number("coat_thickness", p.coatThickness)
        p.coatRoughness = number("coat_roughness", p.coatRoughness)
        p.sheen = number("sheen", p.sheen)
        p.sheenColor = vector("sheen_color")
        p.sheenTint = number("sheen_tint", p.sheenTint)
        p.sheenRoughness = number("sheen_roughness", p.sheenRoughness)
        return p
    }
}
