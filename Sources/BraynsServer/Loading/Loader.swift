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
/// `mesh` keeps the extensions that a real Brayns has, so that `get-loaders` means the same everywhere; what is read
/// beyond them goes under a name of its own.
struct LoaderTable: Sendable {
    let loaders: [Loader]

    init() {
        let brayns = ["off", "stl", "ply", "obj"]
        let beyond = ModelLoader.extensions.subtracting(brayns).sorted()
        loaders = [
            Loader(name: "mesh", extensions: brayns),
            Loader(name: "darkroom-mesh", plugin: "Darkroom", extensions: beyond),
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
