// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import JSONRPC

/// A service's OpenAPI 3 document, as far as calls need it: paths, methods, and where arguments go.
public struct ServiceDocument: Sendable {
    /// Where an argument travels.
    enum Place: String, Sendable {
        case path, query, header
    }

    /// One method of one path.
    struct Operation: Sendable {
        var method: HTTPRequest.Method
        /// Places by the parameter's name.
        var parameters: [String: Place]
        var hasBody: Bool

        /// The document's own name for an argument: `page_size` in code may be `page-size` there.
        func name(of argument: String) -> String {
            if parameters[argument] != nil { return argument }
            let dashed = argument.replacing("_", with: "-")
            return parameters[dashed] != nil ? dashed : argument
        }

        func place(of argument: String) -> Place? { parameters[name(of: argument)] }
    }

    /// A path and its operations.
    struct Entry: Sendable {
        /// Segments; those of `{…}` are parameters.
        var template: [Part]
        var operations: [Operation]
    }

    /// A segment of a path.
    enum Part: Sendable, Hashable {
        case literal(String)
        case parameter(String)
    }

    let entries: [Entry]

    /// Reads a document; `nil` when the value is none.
    public init?(_ value: JSONValue) {
        guard let paths = value["paths"]?.objectValue else { return nil }
        entries = paths.sorted { $0.key < $1.key }.map { path, item in
            let shared = Self.parameters(item["parameters"], value)
            let operations = EndpointCall.verbs.values.sorted { $0.rawValue < $1.rawValue }.compactMap { method in
                item[method.rawValue.lowercased()].map { operation in
                    Operation(
                        method: method,
                        parameters: shared.merging(Self.parameters(operation["parameters"], value)) { $1 },
                        hasBody: operation["requestBody"] != nil)
                }
            }
            return Entry(template: Self.template(path), operations: operations)
        }
    }

    private static func template(_ path: String) -> [Part] {
        path.split(separator: "/").map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            return .parameter(String(part.dropFirst().dropLast()))
        }
    }

    private static func parameters(_ list: JSONValue?, _ document: JSONValue) -> [String: Place] {
        var places: [String: Place] = [:]
        for entry in list?.arrayValue ?? [] {
            let parameter = resolved(entry, document)
            guard let name = parameter["name"]?.stringValue,
                let place = parameter["in"]?.stringValue.flatMap(Place.init(rawValue:))
            else { continue }
            places[name] = place
        }
        return places
    }

    /// What a `$ref` within the document stands for.
    private static func resolved(_ value: JSONValue, _ document: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.stringValue, reference.hasPrefix("#/") else { return value }
        return reference.dropFirst(2).split(separator: "/").reduce(document) { $0[String($1)] ?? .null }
    }
}
