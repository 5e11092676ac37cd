// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Raytracer

/// The methods that colour models.
struct ColorMethods: Sendable {
    /// Builds geometry anew when its parts change colour.
    var assets: AssetBuilder

    var all: [Method] {
        let assets = assets
        return [
            Method(
                "get-color-methods", "Tells in which ways a model can be coloured", params: .modelID,
                returns: .list(.string)
            ) { state, call in
                Answer(.array(Self.names(try state.scene.find(call.modelID).model).map { .string($0) }))
            },
            Method(
                "get-color-values", "Tells what can be given a colour in one way of colouring",
                params: .record(
                    "ColorMethod",
                    [.required("id", .count, "The model's number"), .required("method", .string, "The way")]),
                returns: .list(.string)
            ) { state, call in
                let model = try state.scene.find(call.modelID).model
                let method = call.parameters[text: "method"] ?? ""
                guard !Self.names(model).isEmpty else { return Answer([]) }
                if method == "solid" { return Answer(["color"]) }
                let parts = try Self.parts(model, method)
                return Answer([.string("0-\(max(0, parts.count - 1))")])
            },
            Method("color-model", "Colours a model", params: Self.colorParams) { state, call in
                try Self.color(&state, call, assets)
            },
            Method(
                "get-color-ramp", "Tells the colours that a model's values are drawn in", params: .modelID,
                returns: Self.ramp
            ) { state, call in
                _ = try state.scene.find(call.modelID)
                throw RPCFailure.general("This model has no colour ramp")
            },
            Method(
                "set-color-ramp", "Sets the colours that a model's values are drawn in",
                params: .record(
                    "SetColorRamp",
                    [.required("color_ramp", Self.ramp, "The colours"), .required("id", .count, "The model's number")])
            ) { state, call in
                _ = try state.scene.find(call.modelID)
                throw RPCFailure.invalidRequest("This model has no colour ramp")
            },
        ]
    }

    private static let colorParams = Shape.record(
        "ColorModel",
        [
            .required("id", .count, "The model's number"), .required("method", .string, "One of get-color-methods"),
            .required("values", .map(.vector4), "Colours by the names that get-color-values tells"),
        ])

    private static let ramp = Shape.record(
        "ColorRamp",
        [
            .optional("colors", .list(.vector4, max: 256), "Linear red, green, blue and opacity in equal steps"),
            .optional("range", .vector2, "Values of the first and the last colour"),
        ])

    private static func names(_ model: LoadedModel) -> [String] {
        guard case .geometry(let geometry) = model.content else { return [] }
        return (["solid"] + (geometry.parts.map { [$0.name] } ?? [])).sorted()
    }

    private static func parts(_ model: LoadedModel, _ method: String) throws -> LoadedModel.Parts {
        guard case .geometry(let geometry) = model.content, let parts = geometry.parts, parts.name == method else {
            throw RPCFailure.internalError("Color method '\(method)' not found")
        }
        return parts
    }

    private static func color(_ state: inout ServerState, _ call: Call, _ assets: AssetBuilder) throws -> Answer {
        let values = call.parameters[object: "values"] ?? Parameters([:])
        guard !values.members.isEmpty else { throw RPCFailure.invalidParams("Color values cannot be empty") }
        let method = call.parameters[text: "method"] ?? ""
        try state.scene.change(call.modelID) { model in
            guard case .geometry(var geometry) = model.content else { return }
            if method == "solid" {
                guard let color = values[vector4: "color"] else {
                    throw RPCFailure.internalError("The method 'solid' needs the value 'color'")
                }
                geometry.color = SIMD4<Float>(color)
                geometry.partColors = nil
            } else {
                let parts = try parts(model, method)
                try paint(&geometry, parts, values)
                geometry.asset = try assets.build(geometry.painted)
                geometry.color = nil
            }
            model.content = .geometry(geometry)
        }
        return .nothing
    }

    /// Puts colours on the parts that ranges such as `0-3` or `7` name.
    private static func paint(
        _ geometry: inout LoadedModel.GeometryContent, _ parts: LoadedModel.Parts, _ values: Parameters
    ) throws {
        var colors = geometry.partColors ?? geometry.ownPartColors
        for name in values.members.keys.sorted() {
            guard let color = values[vector4: name] else { continue }
            for range in try PartRange.parse(name, count: parts.count) {
                for part in range { colors[part] = SIMD4<Float>(color) }
            }
        }
        geometry.partColors = colors
    }
}
