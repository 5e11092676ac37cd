// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// What a server says of one of its model loaders.
public struct LoaderDescription: Codable, Hashable, Sendable {
    public var name: String
    /// The plugin that brings the loader; `Core` for the server's own.
    public var plugin: String
    /// File extensions as the server spells them: some with a leading dot, some without.
    public var extensions: [String]
    /// Whether the loader takes files as bytes (`upload-model`).
    public var binary: Bool
    /// JSON schema of the loader's properties.
    public var inputParametersSchema: JSONValue

    enum CodingKeys: String, CodingKey {
        case name, plugin, extensions, binary
        case inputParametersSchema = "input_parameters_schema"
    }

    /// The extensions in lower case without leading dot.
    public var normalizedExtensions: Set<String> {
        Set(extensions.map { ($0.hasPrefix(".") ? String($0.dropFirst()) : $0).lowercased() })
    }
}

extension [LoaderDescription] {
    /// The first loader that takes files with this extension (any case, no dot) and, where asked, uploads.
    public func loader(forExtension name: String, uploads: Bool = false) -> LoaderDescription? {
        first { $0.normalizedExtensions.contains(name.lowercased()) && (!uploads || $0.binary) }
    }
}
