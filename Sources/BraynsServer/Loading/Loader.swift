// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Scene

/// One entry of `get-loaders`, and how it reads.
struct Loader: Sendable {
    var name: String
    var plugin = "Core"
    /// As `get-loaders` tells them: some with a dot, as a real Brayns spells them.
    var extensions: [String]
    /// Whether it takes uploads.
    var isBinary = false
    /// What `loader_properties` must look like.
    var properties = Shape.titled("AnyProperties")
    /// Reads a file or an upload.
    var read: @Sendable (LoadInput) throws -> [LoadedShapes]

    var json: JSONValue {
        [
            "name": .string(name), "plugin": .string(plugin), "binary": .bool(isBinary),
            "extensions": .array(extensions.map { .string($0) }), "input_parameters_schema": properties.jsonSchema,
        ]
    }
}

/// What a loader is given.
struct LoadInput: Sendable {
    /// Where the bytes come from.
    enum Source: Sendable {
        case file(String)
        case upload([UInt8], type: String)
    }

    var source: Source
    var properties: Parameters
    var models: ModelLoader
    /// Tells the client how far the loading is; throws once it has cancelled.
    var report: @Sendable (_ operation: String, _ amount: Float) throws -> Void

    /// What messages call the file.
    var shown: String {
        switch source {
        case .file(let path): path
        case .upload: "The uploaded model"
        }
    }

    /// The path of a file; loaders that need one take no uploads.
    var path: String {
        if case .file(let path) = source { return path }
        return ""
    }

    /// The files of this load, counted together.
    func files() -> ModelFiles { ModelFiles(options: models.options) }

    /// All bytes, wherever they come from.
    func bytes() throws -> [UInt8] {
        switch source {
        case .file(let path): try files().bytes(path)
        case .upload(let bytes, _): bytes
        }
    }

    func text() throws -> String { String(decoding: try bytes(), as: UTF8.self) }
}

/// What a loader makes of one file: a model of the scene without its ray tracing structures.
struct LoadedShapes: Sendable {
    /// The protocol's word for its kind.
    var type: String
    var model: Model
    var methods: [ColorMethod] = []
    /// One colour for everything from the start.
    var color: SIMD4<Float>?
    var ramp: ColorRamp?
    var simulation: ModelSimulation?
    var cells: CellList?
    /// What an atlas was read from, for its other looks.
    var atlas: Atlas?
    /// The box that counts instead of the shapes' own.
    var box: Bounds?
    /// The placing that the file itself asks for.
    var baseTransform: Transform?
}
