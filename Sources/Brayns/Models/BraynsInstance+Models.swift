// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// Loads a file that the server can open, by the path it has there; one file may give several models.
    public func addModel(
        path: String, loading: ModelLoading = ModelLoading(loader: ""), progress: ProgressHandler? = nil
    )
        async throws -> [SceneModel]
    {
        try await spelled(loading) { loading in
            let request = AddModelRequest(
                path: path, loaderName: loading.loader, loaderProperties: loading.properties)
            return try await call(Methods.addModel, request, progress: progress)
        }
    }

    /// Loads a model from bytes; `type` is the file extension without dot.
    public func uploadModel(
        _ bytes: [UInt8], type: String, loading: ModelLoading, progress: ProgressHandler? = nil
    ) async throws -> [SceneModel] {
        try await spelled(loading) { loading in
            let request = UploadModelRequest(
                type: type, loaderName: loading.loader, loaderProperties: loading.properties)
            return try await call(Methods.uploadModel, request, payload: bytes, progress: progress)
        }
    }

    /// One model.
    public func model(_ id: Int) async throws -> SceneModel {
        try await call(Methods.getModel, ModelReference(id: id))
    }

    /// Everything in the scene.
    public func scene() async throws -> SceneDescription { try await call(Methods.getScene) }

    /// The box around all visible models; empty when there are none.
    public func bounds() async throws -> Bounds { try await scene().bounds }

    /// Changes a model's visibility or transform.
    @discardableResult
    public func updateModel(_ id: Int, _ change: ModelChange) async throws -> SceneModel {
        try await call(Methods.updateModel, ModelUpdate(modelID: id, model: change))
    }

    /// Removes models and lights.
    public func removeModels(_ ids: [Int]) async throws { try await call(Methods.removeModel, ModelRemoval(ids: ids)) }

    /// Places copies of a model that share its geometry.
    public func instantiate(_ id: Int, _ transforms: [Transform]) async throws -> [SceneModel] {
        try await call(Methods.instantiateModel, InstanceRequest(modelID: id, transforms: transforms))
    }

    /// Removes all models, and what else the server counts as such.
    public func clearModels() async throws { try await call(Methods.clearModels) }

    /// Removes everything that is drawn, and keeps the lights.
    public func clearRenderables() async throws { try await call(Methods.clearRenderables) }
}
