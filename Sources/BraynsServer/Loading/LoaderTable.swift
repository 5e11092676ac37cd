// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The loaders of this backend: those of the core, and of each plugin that was asked for.
///
/// The names, extensions and looks are those of a real Brayns, so that `get-loaders` means the same everywhere;
/// further formats, and files drawn with their own materials, go under a name of our own.
struct LoaderTable: Sendable {
    let loaders: [Loader]

    init(plugins: [String]) {
        var all: [Loader] = [.mesh, .mhdVolume, .rawVolume]
        for plugin in plugins {
            switch plugin {
            case "braynsCircuitExplorer": all += [.bbp, .cellPlacement, .morphology, .sonata]
            case "braynsAtlasExplorer": all.append(.atlas)
            case "braynsDTI": all.append(.streamlines)
            case "braynsMoleculeExplorer": all += [.protein, .xyz]
            default: break
            }
        }
        loaders = all + [.darkroomMesh]
    }

    /// The loader of a name or, for an empty name, of a file's extension; its properties checked.
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
