// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// As much of JSON Schema 2020-12 as the job file's schema uses.
enum SchemaCheck {
    static func problems(_ value: JSONValue, _ schema: JSONValue, path: String = "$") -> [String] {
        if let choices = schema["anyOf"]?.arrayValue {
            if !choices.contains(where: { problems(value, $0, path: path).isEmpty }) {
                return ["\(path): fits no choice"]
            }
        }
        if let words = schema["enum"]?.arrayValue, !words.contains(value) { return ["\(path): not in the enum"] }
        var found: [String] = []
        if let type = schema["type"] {
            let types = type.arrayValue ?? [type]
            if !types.contains(where: { isOf($0.stringValue ?? "", value) }) { return ["\(path): wrong type"] }
        }
        if let number = value.doubleValue {
            if let least = schema["minimum"]?.doubleValue, number < least { found.append("\(path): too small") }
            if let most = schema["maximum"]?.doubleValue, number > most { found.append("\(path): too large") }
        }
        if let text = value.stringValue, let pattern = schema["pattern"]?.stringValue {
            if (try? Regex(pattern).firstMatch(in: text)) == nil {
                found.append("\(path): \(text) does not fit \(pattern)")
            }
        }
        for (index, element) in (value.arrayValue ?? []).enumerated() {
            if let items = schema["items"] { found += problems(element, items, path: "\(path)[\(index)]") }
        }
        for (name, member) in value.objectValue ?? [:] {
            if let property = schema["properties"]?[name] {
                found += problems(member, property, path: "\(path).\(name)")
            } else if schema["additionalProperties"] == false {
                found.append("\(path): unknown \(name)")
            }
        }
        for name in schema["required"]?.arrayValue ?? [] where value[name.stringValue ?? ""] == nil {
            found.append("\(path): lacks \(name)")
        }
        return found
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("integer", .int), ("number", .int), ("number", .double),
            ("string", .string), ("array", .array), ("object", .object):
            true
        default: false
        }
    }
}
