// SPDX-License-Identifier: Apache-2.0

/// A method of the protocol: its name, and the types of what goes and comes.
///
///     let ids = try await instance.call(Methods.getCircuitIDs, CircuitReference(modelID: 3))
public struct Method<Parameters: Codable & Sendable, Result: Codable & Sendable>: BraynsMethod {
    public let name: String
    public let plugin: Plugin
    public let isTask: Bool
    public let isDeprecated: Bool

    /// A method, for those that this client does not list.
    public init(_ name: String, plugin: Plugin = .core, isTask: Bool = false, isDeprecated: Bool = false) {
        (self.name, self.plugin, self.isTask, self.isDeprecated) = (name, plugin, isTask, isDeprecated)
    }
}

/// What all methods have, whatever their types.
public protocol BraynsMethod<Parameters, Result>: Sendable {
    /// What goes with the request; `NoValue` for a method that takes nothing.
    associatedtype Parameters: Codable & Sendable
    /// What the reply holds; `NoValue` for a method that gives nothing.
    associatedtype Result: Codable & Sendable

    /// The name in requests.
    var name: String { get }
    /// What brings it.
    var plugin: Plugin { get }
    /// Whether it runs as a task, which reports progress and can be cancelled.
    var isTask: Bool { get }
    /// Whether the server would rather not be asked for it.
    var isDeprecated: Bool { get }
}

/// The methods of a server with all its plugins, by family.
public enum Methods {}

/// Nothing: the parameters of a method that takes none, the result of one that gives none.
public struct NoValue: Codable, Hashable, Sendable {
    /// Nothing.
    public init() {}

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard container.decodeNil() else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "null was expected")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encodeNil()
    }
}
