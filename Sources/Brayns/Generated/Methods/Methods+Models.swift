// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Loads a file that the server can open; one file may give several models.
    ///
    /// Runs as a task, which reports progress and can be cancelled.
    public static let addModel = Method<AddModelRequest, [SceneModel]>("add-model", isTask: true)

    /// Loads a model from bytes that travel behind the request.
    ///
    /// Runs as a task, which reports progress and can be cancelled.
    public static let uploadModel = Method<UploadModelRequest, [SceneModel]>("upload-model", isTask: true)

    /// Tells about one model.
    public static let getModel = Method<ModelReference, SceneModel>("get-model")

    /// Tells about everything in the scene.
    public static let getScene = Method<NoValue, SceneDescription>("get-scene")

    /// Shows, hides or moves a model.
    public static let updateModel = Method<ModelUpdate, SceneModel>("update-model")

    /// Removes models and lights.
    public static let removeModel = Method<ModelRemoval, NoValue>("remove-model")

    /// Places copies of a model that share its geometry.
    public static let instantiateModel = Method<InstanceRequest, [SceneModel]>("instantiate-model")

    /// Removes all models, and what else the server counts as such.
    public static let clearModels = Method<NoValue, NoValue>("clear-models")

    /// Removes everything that is drawn, and keeps the lights.
    public static let clearRenderables = Method<NoValue, NoValue>("clear-renderables")
}
