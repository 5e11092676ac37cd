// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC

/// The document that tells clients what a service answers, after OpenAPI 3.1.0.
struct OpenAPIDocument {
    var title: String
    var description: String
    var version: String
    var endpoints: [Endpoint]

    var json: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        var schemas: [String: JSONValue] = ["HTTPValidationError": Self.validationError]
        for endpoint in endpoints where endpoint.isDocumented {
            paths[endpoint.path, default: [:]][endpoint.method.rawValue.lowercased()] = Self.operation(endpoint)
            for model in [endpoint.body, endpoint.answer].compactMap(\.self) { schemas[model.name] = model.schema }
        }
        return [
            "openapi": "3.1.0",
            "info": ["title": .string(title), "description": .string(description), "version": .string(version)],
            "paths": .object(paths.mapValues { .object($0) }),
            "components": ["schemas": .object(schemas)],
        ]
    }

    private static func operation(_ endpoint: Endpoint) -> JSONValue {
        var operation: [String: JSONValue] = [
            "summary": .string(endpoint.summary), "description": .string(endpoint.description),
            "operationId": .string(identifier(endpoint)), "responses": responses(endpoint),
        ]
        var parameters = endpoint.query?.parameters.arrayValue ?? []
        for part in endpoint.path.split(separator: "/") where part.hasPrefix("{") {
            parameters.append([
                "name": .string(String(part.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string"],
            ])
        }
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body = endpoint.body {
            let content: JSONValue = ["application/json": ["schema": reference(body)]]
            operation["requestBody"] = ["content": content, "required": .bool(endpoint.method != .get)]
        }
        return .object(operation)
    }

    private static func responses(_ endpoint: Endpoint) -> JSONValue {
        let schema = endpoint.answer.map(reference) ?? [:]
        var responses: [String: JSONValue] = [
            "200": [
                "description": "Successful Response",
                "content": .object([endpoint.answerType: ["schema": schema]]),
            ]
        ]
        if endpoint.body != nil || endpoint.query != nil {
            responses["422"] = [
                "description": "Validation Error",
                "content": ["application/json": ["schema": ["$ref": "#/components/schemas/HTTPValidationError"]]],
            ]
        }
        for (code, meaning) in endpoint.statuses {
            responses[String(code)] = [
                "description": .string(meaning),
                "content": [
                    "application/json": [
                        "schema": ["type": "object", "properties": ["detail": ["type": "string"]]]
                    ]
                ],
            ]
        }
        return .object(responses)
    }

    private static func reference(_ model: Model) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(model.name)")]
    }

    /// The summary as a name, the path and the method, as FastAPI makes it.
    private static func identifier(_ endpoint: Endpoint) -> String {
        let text = "\(endpoint.summary.lowercased())\(endpoint.path)_\(endpoint.method.rawValue.lowercased())"
        return String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private static let validationError: JSONValue = [
        "title": "HTTPValidationError", "type": "object",
        "properties": [
            "detail": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["loc", "msg", "type"],
                    "properties": [
                        "loc": ["type": "array", "items": ["anyOf": [["type": "string"], ["type": "integer"]]]],
                        "msg": ["type": "string"], "type": ["type": "string"],
                    ],
                ],
            ]
        ],
    ]
}
