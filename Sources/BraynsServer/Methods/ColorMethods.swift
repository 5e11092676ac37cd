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
                let names = Self.methods(try state.scene.find(call.modelID).model).map(\.name).sorted()
                return Answer(.array(names.map { .string($0) }))
            },
            Method(
                "get-color-values", "Tells what can be given a colour in one way of colouring",
                params: .record(
                    "ColorMethod",
                    [.required("id", .count, "The model's number"), .required("method", .string, "The way")]),
                returns: .list(.string)
            ) { state, call in
                let methods = Self.methods(try state.scene.find(call.modelID).model)
                // Where nothing can be coloured, a real Brayns answers every name with an empty list.
                guard !methods.isEmpty else { return Answer([]) }
                let method = try Self.method(call.parameters[text: "method"] ?? "", of: methods)
                return Answer(.array(method.values.map { .string($0) }))
            },
            Method("color-model", "Colours a model", params: Self.colorParams) { state, call in
                try Self.color(&state, call, assets)
            },
            Method(
                "get-color-ramp", "Tells the colours that a model's values are drawn in", params: .modelID,
                returns: Self.ramp
            ) { state, call in
                guard let ramp = Self.ramp(try state.scene.find(call.modelID).model) else {
                    throw RPCFailure.general("This model has no colour ramp")
                }
                return Answer(ramp.json)
            },
            Method(
                "set-color-ramp", "Sets the colours that a model's values are drawn in",
                params: .record(
                    "SetColorRamp",
                    [.required("color_ramp", Self.ramp, "The colours"), .required("id", .count, "The model's number")])
            ) { state, call in
                try state.scene.change(call.modelID) { model in
                    guard var ramp = Self.ramp(model), case .geometry(var geometry) = model.content else {
                        throw RPCFailure.invalidRequest("This model has no colour ramp")
                    }
                    try ramp.change(by: call.parameters[object: "color_ramp"] ?? Parameters([:]))
                    geometry.ramp = ramp
                    model.content = .geometry(geometry)
                }
                return .nothing
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

    private static func methods(_ model: LoadedModel) -> [ColorMethod] {
        guard case .geometry(let geometry) = model.content else { return [] }
        return geometry.methods
    }

    private static func method(_ name: String, of methods: [ColorMethod]) throws(RPCFailure) -> ColorMethod {
        guard let method = methods.first(where: { $0.name == name }) else {
            throw .internalError("Color method '\(name)' not found")
        }
        return method
    }

    private static func ramp(_ model: LoadedModel) -> ColorRamp? {
        guard case .geometry(let geometry) = model.content else { return nil }
        return geometry.ramp
    }

    private static func color(_ state: inout ServerState, _ call: Call, _ assets: AssetBuilder) throws -> Answer {
        let values = call.parameters[object: "values"] ?? Parameters([:])
        guard !values.members.isEmpty else { throw RPCFailure.invalidParams("Color values cannot be empty") }
        let name = call.parameters[text: "method"] ?? ""
        let methods = methods(try state.scene.find(call.modelID).model)
        guard !methods.isEmpty else { return .nothing }
        let method = try method(name, of: methods)
        try state.scene.change(call.modelID) { model in
            guard case .geometry(var geometry) = model.content else { return }
            if case .whole = method.keys {
                guard let color = values[vector4: "color"] else {
                    throw RPCFailure.internalError("The method 'solid' needs the value 'color'")
                }
                geometry.color = SIMD4<Float>(color)
                geometry.partColors = nil
            } else {
                try paint(&geometry, method, values)
                try geometry.paintTriangles(assets)
                geometry.color = nil
            }
            model.content = .geometry(geometry)
        }
        return .nothing
    }

    /// Puts colours on the parts that the members' names choose.
    private static func paint(
        _ geometry: inout LoadedModel.GeometryContent, _ method: ColorMethod, _ values: Parameters
    ) throws {
        var colors = geometry.partColors ?? geometry.ownPartColors
        for name in values.members.keys.sorted() {
            guard let color = values[vector4: name] else { continue }
            for range in try method.parts(name) {
                for part in range.clamped(to: colors.indices) { colors[part] = SIMD4<Float>(color) }
            }
        }
        geometry.partColors = colors
    }
}

extension ColorRamp {
    fileprivate var json: JSONValue {
        [
            "colors": .array(colors.map { .vector(SIMD4<Double>($0)) }),
            "range": .vector(SIMD2<Double>(range)),
        ]
    }

    /// Takes over what a request says and leaves the rest.
    fileprivate mutating func change(by parameters: Parameters) throws(RPCFailure) {
        if let list = parameters[list: "colors"] {
            guard !list.isEmpty else { throw .internalError("A color ramp must have at least one color") }
            colors = list.compactMap { Parameters(["color": $0])[vector4: "color"].map { SIMD4<Float>($0) } }
        }
        if let new = parameters[vector2: "range"] {
            guard new.x < new.y else {
                throw .internalError("Color ramp range must define a non zero positive interval")
            }
            range = SIMD2<Float>(new)
        }
    }
}
