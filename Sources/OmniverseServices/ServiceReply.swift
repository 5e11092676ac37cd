// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC

/// What a service answered.
public struct ServiceReply: Sendable, Hashable {
    /// A body by its media type.
    public enum Content: Sendable, Hashable {
        case json(JSONValue)
        case text(String)
        /// Pictures, archives, and what has no media type.
        case bytes([UInt8])
    }

    public var status: Int
    public var headers: HTTPFields
    public var content: Content

    /// Reads an answer: JSON where it says so and is, text where it is text, else bytes.
    public init(status: Int, headers: HTTPFields = [:], bytes: [UInt8]) {
        (self.status, self.headers) = (status, headers)
        let type = (headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        if type == "application/json" || type.hasSuffix("+json"), let value = try? JSONValue(parsing: bytes) {
            content = .json(value)
        } else if Self.isText(type), let text = String(validating: bytes, as: UTF8.self) {
            content = .text(text)
        } else {
            content = .bytes(bytes)
        }
    }

    private static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") || type.hasSuffix("json") || type.hasSuffix("xml") || type.hasSuffix("javascript")
    }

    /// The JSON value; `nil` for anything else.
    public var json: JSONValue? {
        if case .json(let value) = content { value } else { nil }
    }

    /// The text, or the text of a JSON string; `nil` for anything else.
    public var text: String? {
        switch content {
        case .text(let text): text
        case .json(let value): value.stringValue
        case .bytes: nil
        }
    }

    /// The bytes of a body that is neither JSON nor text.
    public var bytes: [UInt8]? {
        if case .bytes(let bytes) = content { bytes } else { nil }
    }

    /// A member of the JSON object.
    public subscript(name: String) -> JSONValue? { json?[name] }

    /// The JSON value as a type of the caller's.
    ///
    /// - Throws: `OmniverseError` with `.unreadable`.
    public func decode<Answer: Decodable>(as type: Answer.Type) throws(OmniverseError) -> Answer {
        guard let json else {
            throw OmniverseError(.unreadable, "The answer is no JSON, where \(type) was expected.", reply: self)
        }
        do {
            return try json.decode(type)
        } catch {
            throw OmniverseError(
                .unreadable, "The answer is no \(type): \(error)", reply: self, underlying: error)
        }
    }

    /// What a refusal says of itself: `detail` as text, as the list of FastAPI's, or as an object.
    var detail: String? {
        switch self["detail"] {
        case .string(let text)?: return text
        case .array(let faults)?:
            return faults.map { fault in
                let place = fault["loc"]?.arrayValue?.map { $0.stringValue ?? $0.serialized() }.joined(separator: ".")
                return [place, fault["msg"]?.stringValue].compactMap(\.self).joined(separator: ": ")
            }.joined(separator: "; ")
        case .some(let value): return value.serialized()
        case nil: return text.map { String($0.prefix(200)) }
        }
    }
}
