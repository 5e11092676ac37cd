// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC

/// What of requests and answers may be shown: names that are listed here, and nothing else.
public struct Redaction: Sendable {
    /// Headers whose values may be logged, in lower case.
    public var headers: Set<String> = [
        "accept", "accept-ranges", "cache-control", "content-length", "content-range", "content-type", "date", "etag",
        "if-match", "if-none-match", "last-modified", "range", "retry-after", "server", "user-agent", "ms-cv",
        "x-mrc-cv", "x-ms-blob-type", "x-ms-client-request-id", "x-ms-date", "x-ms-error-code", "x-ms-range",
        "x-ms-request-id", "x-ms-version", "api-supported-versions",
    ]
    /// Query parameters whose values may be logged.
    public var parameters: Set<String> = ["api-version", "comp", "restype", "prefix", "maxresults", "blockid"]
    /// Members of JSON bodies whose values may be logged, at any depth; addresses lose their query.
    public var members: Set<String> = [
        "code", "message", "target", "id", "status", "creationTime", "expires_in", "expires_on", "token_type",
    ]

    public init() {}

    /// The address of a request without its query.
    public static func address(of request: HTTPRequest) -> String {
        let path = (request.path ?? "/").prefix { $0 != "?" }
        return "\(request.scheme ?? "")://\(request.authority ?? "")\(path)"
    }

    /// The query with the values of unlisted parameters blanked out.
    public func query(of request: HTTPRequest) -> String {
        let query = (request.path ?? "").drop { $0 != "?" }.dropFirst()
        return query.split(separator: "&").map { item in
            let name = item.prefix { $0 != "=" }
            return parameters.contains(String(name)) ? String(item) : "\(name)=\(Secret.mask)"
        }.joined(separator: "&")
    }

    /// Headers as one line, unlisted values blanked out.
    public func line(_ fields: HTTPFields) -> String {
        fields.map { field in
            let isShown = headers.contains(field.name.canonicalName)
            return "\(field.name.rawName): \(isShown ? Self.text(field.value) : Secret.mask)"
        }.joined(separator: ", ")
    }

    /// A body as it may be logged: JSON with unlisted values and all secrets blanked out, else its length.
    func body(_ bytes: [UInt8], without secrets: [String]) -> String {
        guard !bytes.isEmpty else { return "empty" }
        guard bytes.count <= 1 << 16, let value = try? JSONValue(parsing: bytes) else { return "\(bytes.count) bytes" }
        return shown(value, isListed: false, secrets).serialized()
    }

    private func shown(_ value: JSONValue, isListed: Bool, _ secrets: [String]) -> JSONValue {
        switch value {
        case .object(let values):
            return .object(
                Dictionary(
                    uniqueKeysWithValues: values.map { name, value in
                        (name, shown(value, isListed: members.contains(name), secrets))
                    }))
        case .array(let elements): return .array(elements.map { shown($0, isListed: isListed, secrets) })
        case .null, .bool: return value
        case .int, .double: return isListed ? value : .string(Secret.mask)
        case .string(let text): return .string(isListed ? self.text(text, without: secrets) : Secret.mask)
        }
    }
}
