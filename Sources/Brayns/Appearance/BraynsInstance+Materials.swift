// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// The name of a model's material.
    public func materialType(of model: Int) async throws -> String {
        try await call(Methods.getMaterialType, ModelReference(id: model))
    }

    /// A model's material with its parameters.
    public func material(of model: Int) async throws -> Material {
        let name = try await materialType(of: model)
        return Material(
            name: name, parameters: try await call("get-material-\(name)", ["id": model], as: JSONValue.self))
    }

    /// Gives a model a material.
    public func setMaterial(_ material: Material, of model: Int) async throws {
        try await call("set-material-\(material.name)", MaterialUpdate(modelID: model, material: material.parameters))
    }
}
