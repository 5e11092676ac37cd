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
    /// Whether guarded endpoints ask for a token.
    var asksForTokens = false

    var json: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        var schemas: [String: JSONValue] = ["HTTPValidationError": Self.validationError]
        for endpoint in endpoints where endpoint.isDocumented {
            paths[endpoint.path, default: [:]][endpoint.method.rawValue.lowercased()] = operation(endpoint)
            for model in [endpoint.body, endpoint.answer].compactMap(\.self) { schemas[model.name] = model.schema }
        }
        var components: [String: JSONValue] = ["schemas": .object(schemas)]
        if asksForTokens { components["securitySchemes"] = ["token": ["type": "http", "scheme": "bearer"]] }
        return [
            "openapi": "3.1.0",
            "info": ["title": .string(title), "description": .string(description), "version": .string(version)],
            "paths": .object(paths.mapValues { .object($0) }),
            "components": .object(components),
        ]
    }

    private func operation(_ endpoint: Endpoint) -> JSONValue {
        var operation: [String: JSONValue] = [
            "summary": .string(endpoint.summary), "description": .string(endpoint.description),
            "operationId": .string(Self.identifier(endpoint)), "responses": responses(endpoint),
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
            let content: JSONValue = ["application/json": ["schema": Self.reference(body)]]
            operation["requestBody"] = ["content": content, "required": .bool(endpoint.method != .get)]
        }
        if asksForTokens, endpoint.isGuarded { operation["security"] = [["token": []]] }
        return .object(operation)
    }

    /// What any endpoint of its kind may answer besides.
    private func common(_ endpoint: Endpoint) -> [(code: Int, meaning: String)] {
        var statuses = [(413, "The body is too long"), (503, "The service is ending")]
        if asksForTokens, endpoint.isGuarded { statuses.append((401, "Not authenticated")) }
        if endpoint.body != nil {
            statuses += [
                (400, "The body is not what its Content-Encoding says"), (415, "The Content-Encoding is not taken"),
            ]
        }
        return statuses
    }

    private func responses(_ endpoint: Endpoint) -> JSONValue {
        let schema = endpoint.answer.map(Self.reference) ?? [:]
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
        for (code, meaning) in common(endpoint) + endpoint.statuses {
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
