// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// Colours a model by a method: linear RGBA for each of the method's values; at least one.
    public func colorModel(_ id: Int, by method: ColorMethod, _ values: [String: SIMD4<Double>]) async throws {
        try await call(Methods.colorModel, ColorUpdate(id: id, method: method, values: values))
    }

    /// Gives a whole model one linear RGBA colour.
    public func setColor(_ color: SIMD4<Double>, of model: Int) async throws {
        try await colorModel(model, by: .solid, ["color": color])
    }

    /// Gives cells of a circuit linear RGBA colours.
    public func colorCells(of model: Int, _ colors: [Int: SIMD4<Double>]) async throws {
        let values = colors.map { (String($0.key), $0.value) }
        try await colorModel(model, by: .cell, Dictionary(uniqueKeysWithValues: values))
    }

    /// Gives the parts of a circuit's cells linear RGBA colours.
    ///
    /// - Parameter colors: by the names that `colorValues(of:by:)` gives for `.section`.
    public func colorSections(of model: Int, _ colors: [String: SIMD4<Double>]) async throws {
        try await colorModel(model, by: .section, colors)
    }

    /// The methods that a model can be coloured by.
    public func colorMethods(of model: Int) async throws -> [ColorMethod] {
        try await call(Methods.getColorMethods, ModelReference(id: model))
    }

    /// The values that a method tells apart in a model.
    public func colorValues(of model: Int, by method: ColorMethod) async throws -> [String] {
        try await call(Methods.getColorValues, ColorValuesRequest(id: model, method: method))
    }

    /// How a model's numbers become colours.
    public func colorRamp(of model: Int) async throws -> ColorRamp {
        try await call(Methods.getColorRamp, ModelReference(id: model))
    }

    /// Sets how a model's numbers become colours.
    public func setColorRamp(_ ramp: ColorRamp, of model: Int) async throws {
        try await call(Methods.setColorRamp, ColorRampUpdate(id: model, colorRamp: ramp))
    }
}
