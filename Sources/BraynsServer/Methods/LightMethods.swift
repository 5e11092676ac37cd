// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The methods that add lights; lights are models of the scene.
enum LightMethods {
    static let all: [Method] = [
        add("ambient", "light from everywhere", "AmbientLight", []) { parameters, color, intensity in
            .ambient(color: color, intensity: intensity)
        },
        add(
            "directional", "parallel light", "DirectionalLight",
            [.optional("direction", .vector3, "Where the light goes", default: [-1, -1, 0])]
        ) { parameters, color, intensity in
            .directional(
                direction: parameters[vector3: "direction"] ?? Vector3(-1, -1, 0), color: color, intensity: intensity)
        },
        add(
            "quad", "a shining parallelogram", "QuadLight",
            [
                .optional("edge1", .vector3, "First edge", default: [1, 0, 0]),
                .optional(
                    "edge2", .vector3, "Second edge; the light shines along the first times this",
                    default: [0, 0, 1]),
                .optional("position", .vector3, "The corner that both edges leave", default: [0, 0, 0]),
            ]
        ) { parameters, color, intensity in
            .quad(
                position: parameters[vector3: "position"] ?? .zero,
                edge1: parameters[vector3: "edge1"] ?? Vector3(1, 0, 0),
                edge2: parameters[vector3: "edge2"] ?? Vector3(0, 0, 1), color: color, intensity: intensity)
        },
        add(
            "sphere", "a shining ball", "SphereLight",
            [
                .optional("position", .vector3, "Its centre", default: [0, 0, 0]),
                .optional("radius", .number(), "Its radius; 0 makes a point light", default: 0),
            ]
        ) { parameters, color, intensity in
            .sphere(
                position: parameters[vector3: "position"] ?? .zero, radius: parameters[number: "radius"] ?? 0,
                color: color, intensity: intensity)
        },
    ]

    private static func add(
        _ name: String, _ what: String, _ title: String, _ properties: [Property],
        make: @escaping @Sendable (_ parameters: Parameters, _ color: Vector3, _ intensity: Double) -> Light
    ) -> Method {
        let common: [Property] = [
            .optional("color", .vector3, "Linear red, green and blue", default: [1, 1, 1]),
            .optional("intensity", .number(min: 0), "Factor of the colour", default: 1),
        ]
        return Method(
            "add-light-\(name)", "Adds \(what)", params: .record(title, common + properties), returns: .model
        ) { state, call in
            let light = make(
                call.parameters, call.parameters[vector3: "color"] ?? Vector3(repeating: 1),
                call.parameters[number: "intensity"] ?? 1)
            let id = state.scene.add(LoadedModel(type: "light", content: .light(light)))
            return Answer(try state.scene.json(id))
        }
    }
}
