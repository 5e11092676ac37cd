// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The methods that look at, place and remove models.
enum ModelMethods {
    static let all: [Method] = [
        Method("get-scene", "Tells all models and the box around them", returns: .scene) { state, _ in
            Answer(state.scene.json)
        },
        Method("get-model", "Tells one model", params: .modelID, returns: .model) { state, call in
            Answer(try state.scene.json(call.modelID))
        },
        Method(
            "update-model", "Places, shows or hides a model and tells it as it is then", params: updateParams,
            returns: .model, handler: update),
        Method(
            "instantiate-model", "Places copies of a model that share its data", params: instantiateParams,
            returns: .models, handler: instantiate),
        Method(
            "remove-model", "Removes models", params: .record("ModelIds", [.required("ids", .list(.count), "Whose")])
        ) { state, call in
            try state.scene.remove((call.parameters[list: "ids"] ?? []).compactMap { $0.intValue.map(Int.init) })
            state.scanSimulations()
            return .nothing
        },
        Method("clear-models", "Removes everything from the scene") { state, _ in
            state.scene.clear()
            state.simulation = SimulationState()
            return .nothing
        },
        Method("clear-renderables", "Removes what is drawn and leaves lights and clip planes") { state, _ in
            state.scene.remove(where: \.isRenderable)
            state.simulation = SimulationState()
            return .nothing
        },
        Method("clear-lights", "Removes all lights") { state, _ in
            state.scene.remove(where: \.isLight)
            return .nothing
        },
        Method("clear-clipping-geometries", "Removes all that cuts models open") { state, _ in
            state.scene.remove(where: \.isClipper)
            return .nothing
        },
        Method("clear-clip-planes", "The old name of clear-clipping-geometries") { state, _ in
            state.scene.remove(where: \.isClipper)
            return .nothing
        }.deprecated,
    ]

    private static let updateParams = Shape.record(
        "UpdateModel",
        [.required("model", .model, "What is to change"), .required("model_id", .count, "The model's number")])

    private static let instantiateParams = Shape.record(
        "InstantiateModel",
        [
            .required("model_id", .count, "The model to copy"),
            .required("transforms", .list(.transform), "Where each copy is placed"),
        ])

    private static func update(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let id = call.parameters[integer: "model_id"] ?? 0
        let change = call.parameters[object: "model"] ?? Parameters([:])
        let before = try state.scene.find(id).instance
        let transform = change[object: "transform"].map { Transform(parameters: $0, base: before.transform) }
        try state.scene.place(id, transform: transform, isVisible: change[bool: "is_visible"])
        return Answer(try state.scene.json(id))
    }

    private static func instantiate(_ state: inout ServerState, _ call: Call) throws -> Answer {
        let transforms = (call.parameters[list: "transforms"] ?? []).map { Transform(parameters: Parameters($0)) }
        let ids = try state.scene.instantiate(call.parameters[integer: "model_id"] ?? 0, transforms: transforms)
        return Answer(.array(try ids.map { try state.scene.json($0) }))
    }
}

extension Call {
    /// The member `id` of params that name one model.
    var modelID: Int { parameters[integer: "id"] ?? 0 }
}
