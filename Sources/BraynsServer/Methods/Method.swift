// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// One method of the protocol: what it takes and gives, and what it does.
struct Method: Sendable {
    /// Carries out one request; the only place where state changes.
    typealias Handler = @Sendable (inout ServerState, Call) throws -> Answer

    var name: String
    /// What it does, for people.
    var about: String
    /// `nil` for a method that takes none.
    var params: Shape?
    /// `nil` for a method that answers null.
    var returns: Shape?
    /// Whether it sends progress and can be cancelled.
    var isAsync = false
    var isDeprecated = false
    var plugin = "Core"
    /// Whether the request dies with its client, by its params.
    var endsWithClient: @Sendable (Parameters) -> Bool = { _ in false }
    var handler: Handler

    init(
        _ name: String, _ about: String, params: Shape? = nil, returns: Shape? = nil, handler: @escaping Handler
    ) {
        (self.name, self.about, self.params, self.returns) = (name, about, params, returns)
        self.handler = handler
    }

    /// The same method as one that sends progress and can be cancelled.
    func asynchronous(endsWithClient: @escaping @Sendable (Parameters) -> Bool) -> Method {
        var copy = self
        copy.isAsync = true
        copy.endsWithClient = endsWithClient
        return copy
    }

    /// The same method under the name of a plugin.
    func plugin(_ name: String) -> Method {
        var copy = self
        copy.plugin = name
        return copy
    }

    var deprecated: Method {
        var copy = self
        copy.isDeprecated = true
        return copy
    }

    /// What `schema` answers.
    var description: JSONValue {
        var members: [String: JSONValue] = [
            "title": .string(name), "description": .string(about), "plugin": .string(plugin),
            "async": .bool(isAsync), "deprecated": .bool(isDeprecated),
        ]
        members["params"] = params?.jsonSchema
        members["returns"] = returns?.jsonSchema
        return .object(members)
    }
}

/// What a handler works on.
struct Call: Sendable {
    /// As the request gave them; checked against the method's schema.
    var params: JSONValue
    /// What followed the JSON of a binary request.
    var payload: [UInt8]
    var task: ServerTask

    /// The params' members.
    var parameters: Parameters { Parameters(params) }
}

/// What a handler gives back.
struct Answer: Sendable {
    var result: JSONValue
    /// Makes the reply one binary message.
    var payload: [UInt8]?

    init(_ result: JSONValue = .null, payload: [UInt8]? = nil) { (self.result, self.payload) = (result, payload) }

    static let nothing = Answer()
}
