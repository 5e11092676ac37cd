// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

/// One entry of `get-loaders`.
struct Loader: Sendable {
    var name: String
    var plugin = "Core"
    /// Lower case, without the dot.
    var extensions: [String]
    /// Whether it takes uploads.
    var isBinary = true
    /// Whether models keep what their files say of surfaces; a real Brayns draws every mesh white.
    var keepsMaterials = false
    /// What `loader_properties` must look like.
    var properties = Shape.titled("AnyProperties")

    var json: JSONValue {
        [
            "name": .string(name), "plugin": .string(plugin), "binary": .bool(isBinary),
            "extensions": .array(extensions.map { .string($0) }), "input_parameters_schema": properties.jsonSchema,
        ]
    }
}

/// The loaders of this backend.
///
/// `mesh` keeps the extensions and the looks that a real Brayns gives it, so that `get-loaders` means the same
/// everywhere; further formats, and files drawn with their own materials, go under a name of our own.
struct LoaderTable: Sendable {
    let loaders: [Loader]

    init() {
        let brayns = ["off", "stl", "ply", "obj"]
        loaders = [
            Loader(name: "mesh", extensions: brayns),
            Loader(
                name: "darkroom-mesh", plugin: "Darkroom", extensions: ModelLoader.extensions.sorted(),
                keepsMaterials: true),
        ]
    }

    /// The loader of a name or, for an empty name, of a file extension; its properties checked.
    func find(name: String, fileExtension: String, properties: JSONValue) throws(RPCFailure) -> Loader {
        let loader: Loader
        if name.isEmpty {
            guard let found = loaders.first(where: { $0.extensions.contains(fileExtension) }) else {
                throw .invalidParams("Unsupported file format: '\(fileExtension)'")
            }
            loader = found
        } else {
            guard let found = loaders.first(where: { $0.name == name }) else {
                throw .invalidParams("Invalid loader name: '\(name)'")
            }
            loader = found
        }
        let breaches = JSONSchema(loader.properties.jsonSchema).validate(properties)
        guard breaches.isEmpty else { throw .invalidParams("Invalid loader params schema", breaches) }
        return loader
    }
}
