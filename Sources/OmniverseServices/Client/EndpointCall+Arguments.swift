// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import JSONRPC

extension EndpointCall {
    /// The call that arguments in code make: those without a label follow the path, `headers:`, `__method__:` and
    /// `__raw__:` say how, all others are the endpoint's own.
    ///
    /// - Throws: `OmniverseError` with `.badArgument` for headers that are none, or a method that is none.
    init(_ segments: [Segment], arguments: KeyValuePairs<String, JSONValue>) throws(OmniverseError) {
        self.init(segments)
        for (name, value) in arguments {
            switch name {
            case "": positional.append(value)
            case "headers", "__headers__": headers = try Self.fields(value)
            case "__method__": method = try Self.method(value)
            case "__raw__": style = value == .bool(true) ? .raw : .named
            default: named[name] = value
            }
        }
    }

    private static func method(_ value: JSONValue) throws(OmniverseError) -> HTTPRequest.Method {
        guard let name = value.stringValue, let method = verbs[name.lowercased()] else {
            throw OmniverseError(
                .badArgument,
                "__method__ is one of \(verbs.keys.sorted().joined(separator: ", ")), "
                    + "not \(value.serialized()).")
        }
        return method
    }

    static func fields(_ value: JSONValue) throws(OmniverseError) -> HTTPFields {
        guard let members = value.objectValue else {
            throw OmniverseError(.badArgument, "Headers are names and texts, not \(value.serialized()).")
        }
        var fields = HTTPFields()
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let field = HTTPField.Name(name), let text = try? scalar(value), HTTPField.isValidValue(text) else {
                throw OmniverseError(.badArgument, "The header \(name) has a name or a value that no header can have.")
            }
            fields[field] = text
        }
        return fields
    }

    /// A value as the text of a path, query or header: `true`, `3`, `0.5`, or itself.
    static func scalar(_ value: JSONValue) throws(OmniverseError) -> String {
        switch value {
        case .string(let text): return text
        case .bool, .int, .double: return value.serialized()
        case .null, .array, .object:
            throw OmniverseError(
                .badArgument,
                "\(value.serialized()) cannot stand in a path, a query or a header; give text, a number "
                    + "or a Boolean.")
        }
    }
}
