// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension JobShape where Value == String {
    /// Any text.
    static let string = JobShape("text", schema: ["type": ["string", "number", "boolean"]]) {
        $0.text
    } write: {
        .text($0)
    }

    /// Text that is not empty.
    static let path = string.checked("a path", { !$0.isEmpty }, schema: ["type": "string", "minLength": 1])
}

extension JobNode {
    /// Text that reads back as itself, `$` doubled so that it is no variable.
    static func text(_ text: String) -> JobNode {
        let escaped = text.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "$$")
        let isWord =
            !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
        let isPlain = isWord && text.first?.isLetter == true && !Self.reserved.contains(text.lowercased())
        return isPlain ? .plain(escaped) : .quoted(escaped)
    }

    private static let reserved: Set<String> = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf",
    ]
}

extension JobShape where Value == Bool {
    static let bool = JobShape("true or false", schema: ["type": "boolean"]) { node in
        switch node.text {
        case "true", "True", "TRUE", "yes", "on": true
        case "false", "False", "FALSE", "no", "off": false
        default: nil
        }
    } write: {
        .plain($0 ? "true" : "false")
    }
}

extension JobShape where Value == Int {
    /// A whole number within bounds.
    static func int(_ range: ClosedRange<Int>) -> JobShape {
        let expected =
            range.upperBound == .max
            ? "a whole number of at least \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        var schema: [String: JSONValue] = ["type": "integer", "minimum": .int(Int64(range.lowerBound))]
        if range.upperBound != .max { schema["maximum"] = .int(Int64(range.upperBound)) }
        return JobShape(expected, schema: .object(schema)) { node in
            node.text.flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
        } write: {
            .plain(String($0))
        }
    }
}

extension JobShape where Value == Double {
    /// A finite number within bounds.
    static func number(_ range: ClosedRange<Double> = -.infinity ... .infinity, _ expected: String = "a number")
        -> JobShape
    {
        var schema: [String: JSONValue] = ["type": "number"]
        if range.lowerBound.isFinite { schema["minimum"] = .double(range.lowerBound) }
        if range.upperBound.isFinite { schema["maximum"] = .double(range.upperBound) }
        return JobShape(expected, schema: .object(schema)) { node in
            guard let value = node.text.flatMap({ Double($0) }), value.isFinite, range.contains(value) else {
                return nil
            }
            return value
        } write: {
            .plain(Quantity.shortest($0))
        }
    }
}

extension JobShape where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a type's words.
    static var word: JobShape {
        let words = Value.allCases.map(\.rawValue)
        return JobShape(
            "one of \(words.joined(separator: ", "))", schema: ["enum": .array(words.map { .string($0) })]
        ) { node in
            node.text.flatMap { Value(rawValue: $0) }
        } write: {
            .text($0.rawValue)
        }
    }
}
