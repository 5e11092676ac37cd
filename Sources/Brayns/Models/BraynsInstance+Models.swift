// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    private struct AddModel: Encodable {
        var loader_name: String
        var loader_properties: JSONValue
        var path: String?
        var type: String?
    }

    private struct ModelUpdate: Encodable {
        var model_id: Int
        var model: ModelChange
    }

    private struct Instantiation: Encodable {
        var model_id: Int
        var transforms: [Transform]
    }

    /// Loads a file that the server can open, by the path it has there; one file may give several models.
    public func addModel(
        path: String, loading: ModelLoading = ModelLoading(loader: ""), progress: ProgressHandler? = nil
    )
        async throws -> [SceneModel]
    {
        let params = AddModel(loader_name: loading.loader, loader_properties: loading.properties, path: path)
        return try await call("add-model", params, as: [SceneModel].self, progress: progress)
    }

    /// Loads a model from bytes; `type` is the file extension without dot.
    public func uploadModel(
        _ bytes: [UInt8], type: String, loading: ModelLoading, progress: ProgressHandler? = nil
    ) async throws -> [SceneModel] {
        let params = AddModel(loader_name: loading.loader, loader_properties: loading.properties, type: type)
        let reply = try await send(
            "upload-model", try json(params, for: "upload-model"), payload: bytes, progress: progress)
        return try result(of: "upload-model", reply, as: [SceneModel].self)
    }

    /// One model.
    public func model(_ id: Int) async throws -> SceneModel {
        try await call("get-model", ["id": id], as: SceneModel.self)
    }

    /// Everything in the scene.
    public func scene() async throws -> SceneDescription { try await call("get-scene", as: SceneDescription.self) }

    /// The box around all visible models; empty when there are none.
    public func bounds() async throws -> Bounds { try await scene().bounds }

    /// Changes a model's visibility or transform.
    @discardableResult
    public func updateModel(_ id: Int, _ change: ModelChange) async throws -> SceneModel {
        try await call("update-model", ModelUpdate(model_id: id, model: change), as: SceneModel.self)
    }

    /// Removes models and lights.
    public func removeModels(_ ids: [Int]) async throws { try await call("remove-model", ["ids": ids]) }

    /// Places copies of a model that share its geometry.
    public func instantiate(_ id: Int, _ transforms: [Transform]) async throws -> [SceneModel] {
        try await call("instantiate-model", Instantiation(model_id: id, transforms: transforms), as: [SceneModel].self)
    }

    /// Removes all models, and what else the server counts as such.
    public func clearModels() async throws { try await call("clear-models") }

    /// Removes everything that is drawn, and keeps the lights.
    public func clearRenderables() async throws { try await call("clear-renderables") }
}
