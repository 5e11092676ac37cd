// SPDX-License-Identifier: Apache-2.0

/// One walk through a value beside its schema.
struct SchemaCheck {
    private(set) var breaches: [String] = []

    mutating func validate(_ value: JSONValue, against schema: JSONValue, at path: String) {
        if let choices = schema["oneOf"]?.arrayValue {
            let fits = choices.contains { JSONSchema($0).validate(value).isEmpty }
            if !fits { report(path, "invalid oneOf, no schemas match input") }
            return
        }
        guard fitsType(value, schema, path) else { return }
        checkEnumeration(value, schema, path)
        switch value {
        case .int, .double: checkRange(value, schema, path)
        case .array(let elements): checkArray(elements, schema, path)
        case .object(let members): checkObject(members, schema, path)
        default: break
        }
    }

    private mutating func report(_ path: String, _ reason: String) {
        breaches.append(path.isEmpty ? reason : "\(path): \(reason)")
    }

    private mutating func fitsType(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> Bool {
        guard let expected = schema["type"]?.stringValue else { return true }
        let got = value.schemaType
        if got == expected || expected == "number" && got == "integer" { return true }
        report(path, "invalid type, expected \(expected) got \(got)")
        return false
    }

    private mutating func checkEnumeration(_ value: JSONValue, _ schema: JSONValue, _ path: String) {
        guard let allowed = schema["enum"]?.arrayValue, !allowed.contains(value) else { return }
        let names = allowed.map(\.quotedText).joined(separator: ", ")
        report(path, "invalid enum \(value.quotedText) not in [\(names)]")
    }

    private mutating func checkRange(_ value: JSONValue, _ schema: JSONValue, _ path: String) {
        if let minimum = schema["minimum"], value.isLess(than: minimum) {
            report(path, "value below minimum \(value.serialized()) < \(minimum.serialized())")
        }
        if let maximum = schema["maximum"], maximum.isLess(than: value) {
            report(path, "value above maximum \(value.serialized()) > \(maximum.serialized())")
        }
    }

    private mutating func checkArray(_ elements: [JSONValue], _ schema: JSONValue, _ path: String) {
        if let minimum = schema["minItems"]?.intValue, elements.count < minimum {
            report(path, "item count below minimum \(elements.count) < \(minimum)")
        }
        if let maximum = schema["maxItems"]?.intValue, elements.count > maximum {
            report(path, "item count above maximum \(elements.count) > \(maximum)")
        }
        guard let items = schema["items"] else { return }
        for (index, element) in elements.enumerated() { validate(element, against: items, at: "\(path)[\(index)]") }
    }

    private mutating func checkObject(_ members: [String: JSONValue], _ schema: JSONValue, _ path: String) {
        let properties = schema["properties"]?.objectValue ?? [:]
        let additional = schema["additionalProperties"]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let inner = path.isEmpty ? name : "\(path).\(name)"
            if let property = properties[name] {
                if property["readOnly"] == .bool(true) {
                    report(path, "read only property '\(name)'")
                    continue
                }
                validate(value, against: property, at: inner)
            } else if additional == .bool(false) {
                report(path, "unknown property '\(name)'")
            } else if let additional {
                validate(value, against: additional, at: inner)
            }
        }
        for name in schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] where members[name] == nil {
            // Brayns lists what only its answers hold as required, and does not ask for it in requests.
            if properties[name]?["readOnly"] == .bool(true) { continue }
            report(path, "missing required property '\(name)'")
        }
    }
}

extension JSONValue {
    /// The word that JSON Schema has for this kind of value.
    var schemaType: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    fileprivate var quotedText: String {
        if case .string(let text) = self { "'\(text)'" } else { serialized() }
    }

    fileprivate func isLess(than other: JSONValue) -> Bool {
        if case .int(let left) = self, case .int(let right) = other { return left < right }
        guard let left = doubleValue, let right = other.doubleValue else { return false }
        return left < right
    }
}
