// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

/// Reads the bodies of refusals, which may be anything: JSON in several shapes, HTML of a proxy, nothing.
public enum ErrorReading {
    /// The error of a JSON body: `{"error":{…}}`, the error itself, or OAuth's `{"error":"…","error_description":"…"}`.
    public static func json(_ bytes: [UInt8]) -> ServiceErrorBody? {
        guard let value = try? JSONValue(parsing: bytes), value.objectValue != nil else { return nil }
        if let code = value["error"]?.stringValue {
            return ServiceErrorBody(code: code, message: value["error_description"]?.stringValue ?? "")
        }
        guard let body = try? (value["error"] ?? value).decode(ServiceErrorBody.self) else { return nil }
        return body.code.isEmpty && body.message.isEmpty ? nil : body
    }

    /// What a body that holds no error is, in a few words for a message: "an HTML page".
    static func kind(of bytes: [UInt8]) -> String {
        let start = String(decoding: bytes.prefix(256), as: UTF8.self).lowercased()
            .drop(while: { $0.isWhitespace || $0 == "\u{FEFF}" })
        if start.isEmpty { return "nothing" }
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return "an HTML page" }
        if start.hasPrefix("<") { return "XML" }
        if start.hasPrefix("{") || start.hasPrefix("[") { return "JSON" }
        return "text"
    }
}
