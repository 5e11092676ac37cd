// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

/// What a server with all its plugins says of its methods and loaders.
struct ServerSchemas {
    struct Method {
        var name: String
        var plugin: String
        var isTask: Bool
        var isDeprecated: Bool
        /// `nil` for a method that takes none.
        var parameters: Shape?
        /// `nil` for a method that gives none.
        var result: Shape?
    }

    struct Loader {
        var name: String
        var plugin: String
        /// Without leading dots.
        var extensions: [String]
        var takesUploads: Bool
        var settings: Shape.Record
    }

    /// By name.
    var methods: [String: Method] = [:]
    /// By name.
    var loaders: [String: Loader] = [:]

    /// Reads `schemas.json` and `loaders.json` of a folder.
    ///
    /// - Throws: `GeneratorError` when one is missing or not as a server writes it.
    init(folder: URL) throws(GeneratorError) {
        for (name, entry) in try Self.json(folder, "schemas.json").objectValue ?? [:] {
            methods[name] = Method(
                name: name, plugin: entry["plugin"]?.stringValue ?? "",
                isTask: entry["async"]?.boolValue ?? false, isDeprecated: entry["deprecated"]?.boolValue ?? false,
                parameters: try Self.shape(entry["params"]), result: try Self.shape(entry["returns"]))
        }
        for entry in try Self.json(folder, "loaders.json").arrayValue ?? [] {
            let name = entry["name"]?.stringValue ?? ""
            guard case .record(let settings) = try Shape(entry["input_parameters_schema"] ?? [:]) else {
                throw GeneratorError("The settings of the loader '\(name)' are no object.")
            }
            let extensions = entry["extensions"]?.arrayValue?.compactMap(\.stringValue) ?? []
            loaders[name] = Loader(
                name: name, plugin: entry["plugin"]?.stringValue ?? "",
                extensions: extensions.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 },
                takesUploads: entry["binary"]?.boolValue ?? false, settings: settings)
        }
    }

    private static func shape(_ schema: JSONValue?) throws(GeneratorError) -> Shape? {
        guard let schema else { return nil }
        return try Shape(schema)
    }

    private static func json(_ folder: URL, _ name: String) throws(GeneratorError) -> JSONValue {
        let url = folder.appendingPathComponent(name)
        do {
            return try JSONValue(parsing: [UInt8](Data(contentsOf: url)))
        } catch {
            throw GeneratorError("\(url.path) cannot be read: \(error)")
        }
    }
}

/// Why nothing was generated.
struct GeneratorError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
