// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The methods of the nine materials.
enum MaterialMethods {
    static let all: [Method] =
        [
            Method("get-material-type", "Tells which material a model has", params: .modelID, returns: .string) {
                state, call in
                Answer(.string(try material(state, call.modelID).name))
            }
        ] + kinds.flatMap(methods)

    /// A material by name, with its parameters and their defaults.
    private struct Kind: Sendable {
        var name: String
        var title: String
        var properties: [Property]
        var defaults: [String: JSONValue]
    }

    private static let fraction = Shape.number(min: 0, max: 1)
    private static let opacity = [Property.optional("opacity", fraction, "0 clear to 1 opaque")]

    private static let kinds = [
        Kind(name: "phong", title: "Phong", properties: opacity, defaults: ["opacity": 1]),
        Kind(name: "matte", title: "Matte", properties: opacity, defaults: ["opacity": 1]),
        Kind(name: "plastic", title: "Plastic", properties: opacity, defaults: ["opacity": 1]),
        Kind(name: "ghost", title: "Ghost", properties: [], defaults: [:]),
        Kind(
            name: "metal", title: "Metal",
            properties: [.optional("roughness", .number(min: 0.01, max: 1), "0.01 mirror to 1 rough")],
            defaults: ["roughness": 0.1]),
        Kind(
            name: "glass", title: "Glass",
            properties: [.optional("index_of_refraction", .number(), "How strongly light is bent")],
            defaults: ["index_of_refraction": 1.5]),
        Kind(
            name: "emissive", title: "Emissive",
            properties: [
                .optional("color", .vector3, "Linear colour of the light"),
                .optional("intensity", .number(min: 0), "Factor of the colour"),
            ], defaults: ["color": [1, 1, 1], "intensity": 1]),
        Kind(
            name: "carpaint", title: "CarPaint",
            properties: [.optional("flake_density", fraction, "Share of the surface that flakes cover")],
            defaults: ["flake_density": 0]),
        Kind(name: "principled", title: "Principled", properties: principled, defaults: principledDefaults),
    ]

    private static let principled: [Property] = [
        .optional("anisotropy", fraction, "How much highlights are drawn out"),
        .optional("anisotropy_rotation", fraction, "Direction of the drawing out, in turns"),
        .optional("back_light", .number(min: 0, max: 2), "Light that comes through a thin surface, 1 for half"),
        .optional("coat", fraction, "Weight of the clear coat"),
        .optional("coat_color", .vector3, "Tint of the coat"),
        .optional("coat_ior", .number(), "Index of refraction of the coat"),
        .optional("coat_roughness", .number(), "Roughness of the coat"),
        .optional("coat_thickness", .number(), "Thickness of the coat"),
        .optional("diffuse", fraction, "Weight of the diffuse part"),
        .optional("edge_color", .vector3, "Tint of a metal at grazing angles"),
        .optional("ior", .number(min: 1), "Index of refraction of the body"),
        .optional("metallic", fraction, "0 dielectric to 1 metal"),
        .optional("roughness", .number(), "Roughness of the surface"),
        .optional("sheen", .number(), "Weight of the sheen"),
        .optional("sheen_color", .vector3, "Colour of the sheen"),
        .optional("sheen_roughness", .number(), "Roughness of the sheen"),
        .optional("sheen_tint", .number(), "How far the sheen takes its own colour"),
        .optional("specular", fraction, "Weight of the specular part"),
        .optional("thickness", .number(), "Thickness of a thin surface"),
        .optional("thin", .bool, "Whether the surface is a sheet and not a body"),
        .optional("transmission", fraction, "Weight of the part that light passes"),
        .optional("transmission_color", .vector3, "Colour after the transmission depth"),
        .optional("transmission_depth", .number(), "Way in the body after which light has that colour"),
    ]

    private static let principledDefaults: [String: JSONValue] = [
        "anisotropy": 0, "anisotropy_rotation": 0, "back_light": 0, "coat": 0, "coat_color": [1, 1, 1],
        "coat_ior": 1.5, "coat_roughness": 0, "coat_thickness": 1, "diffuse": 1, "edge_color": [1, 1, 1], "ior": 1,
        "metallic": 0, "roughness": 0, "sheen": 0, "sheen_color": [1, 1, 1], "sheen_roughness": 0.2,
        "sheen_tint": 0, "specular": 1, "thickness": 1, "thin": false, "transmission": 0,
        "transmission_color": [1, 1, 1], "transmission_depth": 1,
    ]

    private static func methods(_ kind: Kind) -> [Method] {
        let shape = Shape.record(kind.title, kind.properties)
        let setter = Shape.record(
            "SetMaterial",
            [.required("material", shape, "Parameters"), .required("model_id", .count, "The model's number")])
        return [
            Method(
                "get-material-\(kind.name)", "Tells the \(kind.name) material of a model", params: .modelID,
                returns: shape
            ) { state, call in
                let material = try material(state, call.modelID)
                guard material.name == kind.name else {
                    throw RPCFailure.invalidRequest(
                        "The model's material is not \(kind.name) but \(material.name); ask get-material-type first")
                }
                return Answer(.object(material.values))
            },
            Method("set-material-\(kind.name)", "Gives a model the material \(kind.name)", params: setter) {
                state, call in
                let given = call.parameters[object: "material"]?.members ?? [:]
                let values = kind.defaults.merging(given.mapValues(\.inSinglePrecision)) { _, new in new }
                try state.scene.change(call.parameters[integer: "model_id"] ?? 0) { model in
                    guard model.isRenderable else { throw noMaterial }
                    model.material = MaterialState(name: kind.name, values: values)
                }
                return .nothing
            },
        ]
    }

    private static let noMaterial = RPCFailure.general("This model has no material: it is a light or a clip plane")

    private static func material(_ state: ServerState, _ id: Int) throws -> MaterialState {
        let model = try state.scene.find(id).model
        guard model.isRenderable else { throw noMaterial }
        return model.material ?? .initial
    }
}

extension JSONValue {
    /// The same value with its numbers as single precision keeps them.
    var inSinglePrecision: JSONValue {
        switch self {
        case .int, .double: doubleValue.map(JSONValue.single) ?? self
        case .array(let elements): .array(elements.map(\.inSinglePrecision))
        default: self
        }
    }
}
