// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// What a parameter or result looks like, from which its JSON schema is made.
indirect enum Shape: Sendable {
    /// Anything at all.
    case any
    case null
    case bool
    case string
    case integer(min: Int? = nil, max: Int? = nil)
    case number(min: Double? = nil, max: Double? = nil)
    /// One of these texts.
    case choice([String])
    case list(Shape, min: Int? = nil, max: Int? = nil)
    /// An object with these members and no others.
    case record(String, [Property])
    /// An object whose members' names are free.
    case map(Shape)
    /// A JSON schema.
    case schema
    /// Anything, under a title.
    case titled(String)
    case oneOf(String, [Shape])
}

/// One member of a record.
struct Property: Sendable {
    var name: String
    var shape: Shape
    /// What it means, for people.
    var about: String
    var isRequired: Bool
    var isReadOnly = false
    var defaultValue: JSONValue?

    /// A member that must be there.
    static func required(_ name: String, _ shape: Shape, _ about: String) -> Property {
        Property(name: name, shape: shape, about: about, isRequired: true)
    }

    /// A member that may be left out.
    static func optional(
        _ name: String, _ shape: Shape, _ about: String, default defaultValue: JSONValue? = nil
    ) -> Property {
        Property(name: name, shape: shape, about: about, isRequired: false, defaultValue: defaultValue)
    }

    /// The same member, told by the server only.
    var readOnly: Property {
        var copy = self
        copy.isReadOnly = true
        return copy
    }
}

extension Shape {
    /// Numbers in a row, such as a vector.
    static func numbers(_ count: Int) -> Shape { .list(.number(), min: count, max: count) }

    static let vector2 = numbers(2)
    static let vector3 = numbers(3)
    static let vector4 = numbers(4)
    /// An integer that is not negative.
    static let count = Shape.integer(min: 0)
    static let size = Shape.list(.count, min: 2, max: 2)
}

extension Shape {
    /// The JSON schema.
    var jsonSchema: JSONValue { .object(members) }

    private var members: [String: JSONValue] {
        switch self {
        case .any: [:]
        case .null: ["type": "null"]
        case .bool: ["type": "boolean"]
        case .string: ["type": "string"]
        case .integer(let min, let max):
            Self.bounded("integer", min.map { .int(Int64($0)) }, max.map { .int(Int64($0)) })
        case .number(let min, let max): Self.bounded("number", min.map(JSONValue.plain), max.map(JSONValue.plain))
        case .choice(let texts): ["type": "string", "enum": .array(texts.map { .string($0) })]
        case .list(let item, let min, let max):
            Self.list(item, min, max)
        case .record(let title, let properties): Self.record(title, properties)
        case .map(let item): ["type": "object", "additionalProperties": item.jsonSchema]
        case .schema: ["type": "object", "title": "JsonSchema"]
        case .titled(let title): ["title": .string(title)]
        case .oneOf(let title, let choices):
            ["title": .string(title), "oneOf": .array(choices.map(\.jsonSchema))]
        }
    }

    private static func bounded(_ type: String, _ min: JSONValue?, _ max: JSONValue?) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["type": .string(type)]
        members["minimum"] = min
        members["maximum"] = max
        return members
    }

    private static func list(_ item: Shape, _ min: Int?, _ max: Int?) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["type": "array", "items": item.jsonSchema]
        members["minItems"] = min.map { .int(Int64($0)) }
        members["maxItems"] = max.map { .int(Int64($0)) }
        return members
    }

    private static func record(_ title: String, _ properties: [Property]) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["type": "object", "title": .string(title), "additionalProperties": false]
        if !properties.isEmpty {
            members["properties"] = .object(
                Dictionary(properties.map { ($0.name, $0.jsonSchema) }) { _, last in last })
        }
        let required = properties.filter(\.isRequired).map(\.name).sorted()
        if !required.isEmpty { members["required"] = .array(required.map { .string($0) }) }
        return members
    }
}

extension Property {
    fileprivate var jsonSchema: JSONValue {
        guard case .object(var members) = shape.jsonSchema else { return shape.jsonSchema }
        members["description"] = .string(about)
        if isReadOnly { members["readOnly"] = true }
        if let defaultValue { members["default"] = defaultValue }
        return .object(members)
    }
}
