// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    private struct ColorUpdate: Encodable {
        var id: Int
        var method: ColorMethod
        var values: [String: SIMD4<Double>]
    }

    private struct ValueQuery: Encodable {
        var id: Int
        var method: ColorMethod
    }

    private struct RampUpdate: Encodable {
        var id: Int
        var color_ramp: ColorRamp
    }

    /// Colours a model by a method: linear RGBA for each of the method's values; at least one.
    public func colorModel(_ id: Int, by method: ColorMethod, _ values: [String: SIMD4<Double>]) async throws {
        try await call("color-model", ColorUpdate(id: id, method: method, values: values))
    }

    /// Gives a whole model one linear RGBA colour.
    public func setColor(_ color: SIMD4<Double>, of model: Int) async throws {
        try await colorModel(model, by: .solid, ["color": color])
    }

    /// The methods that a model can be coloured by.
    public func colorMethods(of model: Int) async throws -> [ColorMethod] {
        try await call("get-color-methods", ["id": model], as: [ColorMethod].self)
    }

    /// The values that a method tells apart in a model.
    public func colorValues(of model: Int, by method: ColorMethod) async throws -> [String] {
        try await call("get-color-values", ValueQuery(id: model, method: method), as: [String].self)
    }

    public func colorRamp(of model: Int) async throws -> ColorRamp {
        try await call("get-color-ramp", ["id": model], as: ColorRamp.self)
    }

    public func setColorRamp(_ ramp: ColorRamp, of model: Int) async throws {
        try await call("set-color-ramp", RampUpdate(id: model, color_ramp: ramp))
    }
}
