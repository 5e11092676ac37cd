// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

/// The methods that show atlases in other ways than their outline.
struct AtlasMethods: Sendable {
    /// Builds what is shown.
    var assets: AssetBuilder

    var all: [Method] {
        let assets = assets
        return [
            Method(
                "get-available-atlas-usecases", "Tells in which ways the atlas of a model can be shown",
                params: .record(
                    "AvailableUseCasesMessage", [.required("model_id", .count, "A model that came of an atlas")]),
                returns: .list(Self.useCase)
            ) { state, call in
                let (_, atlas) = try Self.atlas(state, call)
                return Answer(.array(AtlasUseCase.allCases.filter { $0.isFor(atlas.kind) }.map(\.json)))
            },
            Method(
                "visualize-atlas-usecase", "Adds a model that shows the atlas of another in some way",
                params: .record(
                    "VisualizeUseCaseMessage",
                    [
                        .required("model_id", .count, "A model that came of an atlas"),
                        .required("params", .any, "As get-available-atlas-usecases asks for them"),
                        .required("use_case", .string, "One of get-available-atlas-usecases"),
                    ]), returns: .model
            ) { state, call in
                let (model, atlas) = try Self.atlas(state, call)
                guard let useCase = AtlasUseCase(rawValue: call.parameters[text: "use_case"] ?? "") else {
                    throw RPCFailure.internalError("Unhandled use-case")
                }
                guard useCase.isFor(atlas.kind) else {
                    throw RPCFailure.invalidParams("The use-case is not valid for the given type of atlas")
                }
                var shapes = try useCase.shapes(of: atlas, Parameters(call.parameters["params"]))
                shapes.baseTransform = model.baseTransform
                let id = state.scene.add(LoadedModel(shapes, try assets.build(shapes.model)))
                return Answer(try state.scene.json(id))
            },
        ].map { $0.plugin("Atlas Explorer") }
    }

    private static let useCase = Shape.record(
        "UseCaseMessage",
        [
            .required("name", .string, "What visualize-atlas-usecase calls it"),
            .required("params_schema", .schema, "What its params look like"),
        ])

    private static func atlas(_ state: ServerState, _ call: Call) throws(RPCFailure) -> (LoadedModel, Atlas) {
        let model = try state.scene.find(call.parameters[integer: "model_id"] ?? 0).model
        guard case .geometry(let geometry) = model.content, let atlas = geometry.atlas else {
            throw .invalidParams("The requested model does not have an Atlas component")
        }
        return (model, atlas)
    }
}

extension AtlasUseCase {
    fileprivate var json: JSONValue {
        ["name": .string(rawValue), "params_schema": parameters?.jsonSchema ?? [:]]
    }
}
