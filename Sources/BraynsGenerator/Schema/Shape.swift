// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// What a JSON schema lets through, as far as Brayns' schemas go.
indirect enum Shape: Equatable {
    case bool
    case integer(Limits)
    case number(Limits)
    case text
    /// One of these texts.
    case choice([String])
    /// Any value.
    case any
    /// So many values, or any number of them.
    case list(Shape, count: Int?)
    /// Members of any name.
    case table(Shape)
    case record(Record)

    /// The least and the greatest value, where the schema names them.
    struct Limits: Equatable {
        var least: Double?
        var greatest: Double?
    }

    /// An object with members of its own.
    struct Record: Equatable {
        var title: String
        var members: [Member]
    }

    /// One member of an object.
    struct Member: Equatable {
        var name: String
        var shape: Shape
        var isRequired: Bool
        /// Whether only replies carry it.
        var isReadOnly: Bool
        /// What the server takes when it is left out.
        var fallback: JSONValue?
    }
}

extension Shape {
    /// Reads a schema.
    ///
    /// - Throws: `GeneratorError` for a type that no schema of Brayns has.
    init(_ schema: JSONValue) throws(GeneratorError) {
        if let texts = schema["enum"]?.arrayValue {
            self = .choice(texts.compactMap(\.stringValue))
            return
        }
        let limits = Limits(least: schema["minimum"]?.doubleValue, greatest: schema["maximum"]?.doubleValue)
        switch schema["type"]?.stringValue {
        case nil: self = Self.isEmptyLoader(schema) ? .record(try Record(schema)) : .any
        case "boolean": self = .bool
        case "integer": self = .integer(limits)
        case "number": self = .number(limits)
        case "string": self = .text
        case "array":
            let most = schema["maxItems"]?.intValue
            let count = most == schema["minItems"]?.intValue ? most.map { Int($0) } : nil
            self = .list(try Shape(schema["items"] ?? [:]), count: count)
        case "object":
            if let values = schema["additionalProperties"], values.objectValue != nil {
                self = .table(try Shape(values))
            } else if schema["title"]?.stringValue == "JsonSchema" {
                self = .any
            } else {
                self = .record(try Record(schema))
            }
        case let other?: throw GeneratorError("A schema has the type '\(other)', which the generator does not know.")
        }
    }

    /// Loaders without settings have a schema without a type.
    private static func isEmptyLoader(_ schema: JSONValue) -> Bool { schema["title"] == "EmptyLoaderParams" }
}

extension Shape.Record {
    init(_ schema: JSONValue) throws(GeneratorError) {
        title = schema["title"]?.stringValue ?? ""
        guard !title.isEmpty else { throw GeneratorError("An object in the schemas has no title to be named by.") }
        let required = Set(schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        members = []
        for (name, member) in (schema["properties"]?.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
            members.append(
                Shape.Member(
                    name: name, shape: try Shape(member), isRequired: required.contains(name),
                    isReadOnly: member["readOnly"]?.boolValue ?? false, fallback: member["default"]))
        }
    }

    /// What a request may carry of it.
    var forRequests: Shape.Record {
        Shape.Record(title: title, members: members.filter { !$0.isReadOnly })
    }
}
