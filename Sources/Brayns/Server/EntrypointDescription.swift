// SPDX-License-Identifier: Apache-2.0
import JSONRPC

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
    public var deprecated: Bool
    /// JSON schema of the parameters; `nil` for a method that takes none.
    public var params: JSONValue?
    /// JSON schema of the result; `nil` for a method that gives none.
    public var returns: JSONValue?
}
