// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension Field {
    /// The field as JSON Schema has it; what has a default may also be null.
    var schema: JSONValue {
        var members: [String: JSONValue]
        switch kind {
        case .text(let longest): members = ["type": "string", "maxLength": .int(Int64(longest))]
        case .pattern(let pattern): members = ["type": "string", "pattern": .string(pattern)]
        case .word(let words): members = ["type": "string", "enum": .array(words.map { .string($0) })]
        case .integer(let range):
            members = ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)]
        case .number(let range):
            members = ["type": "number", "minimum": .double(range.lowerBound), "maximum": .double(range.upperBound)]
        case .flag: members = ["type": "boolean"]
        }
        var all: [String: JSONValue] =
            fallback == nil ? members : ["anyOf": [.object(members), ["type": "null"]]]
        (all["title"], all["description"]) = (.string(title), .string(description))
        if let fallback, fallback != .null { all["default"] = fallback }
        return .object(all)
    }
}

extension Model {
    /// The object as JSON Schema has it.
    var schema: JSONValue {
        let required = fields.filter { $0.fallback == nil }.map { JSONValue.string($0.name) }
        var members: [String: JSONValue] = [
            "type": "object", "title": .string(name),
            "properties": .object(Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.schema) })),
        ]
        if !required.isEmpty { members["required"] = .array(required) }
        return .object(members)
    }

    /// The fields as parameters of a query.
    var parameters: JSONValue {
        .array(
            fields.map { field in
                [
                    "name": .string(field.name), "in": "query", "required": .bool(field.fallback == nil),
                    "description": .string(field.description), "schema": field.schema,
                ]
            })
    }
}
