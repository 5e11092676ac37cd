// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    private struct MaterialUpdate: Encodable {
        var model_id: Int
        var material: JSONValue
    }

    /// The name of a model's material.
    public func materialType(of model: Int) async throws -> String {
        try await call("get-material-type", ["id": model], as: String.self)
    }

    /// A model's material with its parameters.
    public func material(of model: Int) async throws -> Material {
        let name = try await materialType(of: model)
        return Material(
            name: name, parameters: try await call("get-material-\(name)", ["id": model], as: JSONValue.self))
    }

    /// Gives a model a material.
    public func setMaterial(_ material: Material, of model: Int) async throws {
        try await call("set-material-\(material.name)", MaterialUpdate(model_id: model, material: material.parameters))
    }
}
