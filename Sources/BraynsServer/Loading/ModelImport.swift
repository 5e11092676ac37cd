// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Models
import Raytracer
import Scene

/// Turns a model file, or an upload, into models of the scene.
struct ModelImport: Sendable {
    var loader: Loader
    var context: ServerContext

    /// Reads, checks and builds; the time goes by in the background, so that `task` can be cancelled.
    func load(
        _ source: LoadInput.Source, properties: JSONValue, requested: String, task: ServerTask
    ) throws -> [LoadedModel] {
        let (path, isUpload) =
            switch source {
            case .file(let path): (path, false)
            case .upload: ("", true)
            }
        let input = LoadInput(source: source, properties: Parameters(properties), models: context.models) {
            operation, amount in
            try task.check()
            task.report(operation, Double(isUpload ? 0.5 + 0.5 * amount : amount))
        }
        let assets = context.assets
        let loader = loader
        let built = try BackgroundWork.run(for: task) {
            try Self.read(input, with: loader).map { shapes in
                try task.check()
                return (shapes, try assets.build(shapes.model))
            }
        }
        return built.map { shapes, asset in
            var loaded = LoadedModel(shapes, asset)
            loaded.loadInfo = .init(loader: requested, parameters: properties, path: path, isUpload: isUpload)
            return loaded
        }
    }

    private static func read(_ input: LoadInput, with loader: Loader) throws -> [LoadedShapes] {
        do {
            return try loader.read(input)
        } catch let error as ModelError where error.code == .notFound {
            guard case .file(let path) = input.source else { throw error }
            guard FileManager.default.fileExists(atPath: path) else {
                throw RPCFailure.internalError("File \(path) does not exists")
            }
            throw error
        }
    }
}

extension LoadedModel {
    /// What was read, with the ray tracer's structures of it.
    init(_ shapes: LoadedShapes, _ asset: GeometryAsset) {
        let model = shapes.model
        self.init(
            type: shapes.type,
            content: .geometry(
                GeometryContent(
                    asset: asset, source: model, localBounds: shapes.box ?? model.bounds, isBoxed: shapes.box != nil,
                    methods: shapes.methods, color: shapes.color, ramp: shapes.ramp, simulation: shapes.simulation,
                    cells: shapes.cells, atlas: shapes.atlas)),
            metadata: model.metadata)
        baseTransform = shapes.baseTransform
        report = ModelReport(
            triangles: model.triangleCount, up: model.up, warnings: model.warnings + asset.warnings,
            missingFiles: model.missingFiles, lights: model.lights)
    }
}
