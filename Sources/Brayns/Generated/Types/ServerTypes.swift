// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import JSONRPC

/// The version that a server reports.
public struct ServerVersion: Codable, Hashable, Sendable {
    /// Counts changes that break clients.
    public var major: Int
    /// Counts additions.
    public var minor: Int
    /// Counts repairs.
    public var patch: Int
    /// Revision of the source the server was built from.
    public var revision: String

    /// Takes every value.
    public init(major: Int, minor: Int, patch: Int, revision: String) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.revision = revision
    }
}

/// The server's settings that concern all its clients.
public struct ApplicationParameters: Codable, Hashable, Sendable {
    /// Plugins that the server has loaded, as named on its command line.
    public var plugins: [String]
    /// Width and height in pixels of what `render-image` draws.
    public var viewport: PixelSize?

    /// Takes every value; what is `nil` is left out of the message.
    public init(plugins: [String], viewport: PixelSize? = nil) {
        self.plugins = plugins
        self.viewport = viewport
    }
}

/// What `set-application-parameters` changes.
public struct ApplicationChange: Codable, Hashable, Sendable {
    /// Width and height in pixels of what `render-image` draws; less than 64 by 64 ends a real server with the next
    /// picture.
    public var viewport: PixelSize?

    /// Takes every value; what is `nil` is left out of the message.
    public init(viewport: PixelSize? = nil) {
        self.viewport = viewport
    }
}

/// The parameters of `cancel`.
public struct CancelRequest: Codable, Hashable, Sendable {
    /// The id of a request of this connection, as it was sent.
    public var id: JSONValue

    /// Takes every value.
    public init(id: JSONValue) {
        self.id = id
    }
}

/// The parameters of `schema`.
public struct SchemaRequest: Codable, Hashable, Sendable {
    /// A method's name.
    public var endpoint: String

    /// Takes every value.
    public init(endpoint: String) {
        self.endpoint = endpoint
    }
}

/// What a server says of one of its methods.
public struct EntrypointDescription: Codable, Hashable, Sendable {
    /// The plugin that brings the method; `Core` for the server's own.
    public var plugin: String
    /// The method's name.
    public var title: String
    /// The server's own explanation.
    public var description: String
    /// Whether the method runs as a task that reports progress and can be cancelled.
    public var async: Bool
    /// Whether the server would rather not be asked for it.
    public var deprecated: Bool
    /// JSON schema of the parameters; `nil` for a method that takes none.
    public var params: JSONValue?
    /// JSON schema of the result; `nil` for a method that gives none.
    public var returns: JSONValue?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        plugin: String, title: String, description: String, async: Bool, deprecated: Bool, params: JSONValue? = nil,
        returns: JSONValue? = nil
    ) {
        self.plugin = plugin
        self.title = title
        self.description = description
        self.async = async
        self.deprecated = deprecated
        self.params = params
        self.returns = returns
    }
}

/// What a server says of one of its model loaders.
public struct LoaderDescription: Codable, Hashable, Sendable {
    /// The loader's name.
    public var name: String
    /// The plugin that brings the loader; `Core` for the server's own.
    public var plugin: String
    /// File extensions as the server spells them: some with a leading dot, some without.
    public var extensions: [String]
    /// Whether the loader takes files as bytes (`upload-model`).
    public var binary: Bool
    /// JSON schema of the loader's properties.
    public var inputParametersSchema: JSONValue

    /// Takes every value.
    public init(name: String, plugin: String, extensions: [String], binary: Bool, inputParametersSchema: JSONValue) {
        self.name = name
        self.plugin = plugin
        self.extensions = extensions
        self.binary = binary
        self.inputParametersSchema = inputParametersSchema
    }

    enum CodingKeys: String, CodingKey {
        case name
        case plugin
        case extensions
        case binary
        case inputParametersSchema = "input_parameters_schema"
    }
}
