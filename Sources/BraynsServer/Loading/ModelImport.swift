// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Raytracer

/// Turns a model file, or an upload, into a model of the scene.
struct ModelImport: Sendable {
    /// Where the bytes come from.
    enum Source: Sendable {
        case file(String)
        case upload([UInt8], type: String)
    }

    var loader: Loader
    var context: ServerContext

    /// Reads, checks and builds; the time goes by in the background, so that `task` can be cancelled.
    func load(_ source: Source, properties: JSONValue, requested: String, task: ServerTask) throws -> LoadedModel {
        let models = context.models
        let assets = context.assets
        let keepsMaterials = loader.keepsMaterials
        let (model, asset) = try BackgroundWork.run(for: task) {
            var model = try Self.read(source, with: models)
            if !keepsMaterials { model.makeWhite() }
            try task.check()
            return (model, try assets.build(model))
        }
        let content = LoadedModel.GeometryContent(
            asset: asset, source: model, localBounds: model.bounds,
            parts: .init(name: "triangle", count: model.triangleCount))
        var loaded = LoadedModel(type: "mesh", content: .geometry(content), metadata: model.metadata)
        let (path, isUpload) =
            switch source {
            case .file(let path): (path, false)
            case .upload: ("", true)
            }
        loaded.loadInfo = .init(loader: requested, parameters: properties, path: path, isUpload: isUpload)
        loaded.report = ModelReport(
            triangles: model.triangleCount, up: model.up, warnings: model.warnings + asset.warnings,
            missingFiles: model.missingFiles, lights: model.lights)
        return loaded
    }

    private static func read(_ source: Source, with models: ModelLoader) throws -> Model {
        do {
            return switch source {
            case .file(let path): try models.load(path: path)
            case .upload(let bytes, let type): try models.load(bytes: bytes, type: type)
            }
        } catch {
            if case .file(let path) = source, error.code == .notFound {
                throw RPCFailure.internalError("File \(path) does not exists")
            }
            throw error
        }
    }
}

extension Model {
    /// Leaves only the shapes, in white without highlights.
    fileprivate mutating func makeWhite() {
        var white = SurfaceMaterial()
        white.baseColor = SIMD4(repeating: 1)
        white.specularColor = .zero
        materials = [white]
        textures = []
        missingFiles = []
        for index in meshes.indices {
            meshes[index].material = 0
            meshes[index].colors = []
            meshes[index].textureCoordinates = []
        }
    }
}
