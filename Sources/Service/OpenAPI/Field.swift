// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

/// One argument of an endpoint: what it may be, what it is when left out, and how a document tells of it.
struct Field: Sendable {
    /// What a value may be.
    enum Kind: Sendable {
        /// At most so many characters.
        case text(Int)
        /// What a regular expression matches whole.
        case pattern(String)
        case word([String])
        case integer(ClosedRange<Int64>)
        case number(ClosedRange<Double>)
        case flag
    }

    var name: String
    var kind: Kind
    var title: String
    var description: String
    /// What it is when left out or null; `nil` requires it.
    var fallback: JSONValue?

    init(_ name: String, _ kind: Kind, _ title: String, _ description: String, fallback: JSONValue? = nil) {
        (self.name, self.kind, self.title, self.description) = (name, kind, title, description)
        self.fallback = fallback
    }

    /// The value as it is used, or why it cannot be, in the words of FastAPI's answers.
    func check(_ value: JSONValue) -> Result<JSONValue, Fault> {
        switch (kind, value) {
        case (.text(let longest), .string(let text)):
            if text.unicodeScalars.count <= longest { return .success(value) }
            return .failure(
                Fault(
                    "string_too_long", "String should have at most \(longest) characters", value,
                    context: ["max_length": .int(Int64(longest))]))
        case (.pattern(let pattern), .string(let text)):
            if text.range(of: pattern, options: .regularExpression) != nil { return .success(value) }
            return .failure(
                Fault(
                    "string_pattern_mismatch", "String should match pattern '\(pattern)'", value,
                    context: ["pattern": .string(pattern)]))
        case (.text, _), (.pattern, _): return .failure(Fault("string_type", "Input should be a valid string", value))
        case (.word(let words), _):
            if let text = value.stringValue, words.contains(text) { return .success(value) }
            let quoted = words.map { "'\($0)'" }
            let listed =
                (quoted.count > 1 ? quoted.dropLast().joined(separator: ", ") + " or " : "") + (quoted.last ?? "")
            return .failure(
                Fault("literal_error", "Input should be \(listed)", value, context: ["expected": .string(listed)]))
        case (.integer(let range), .int(let number)):
            return bounded(number, range, value) { .int($0) }
        case (.integer(let range), .double(let number)):
            guard let whole = Int64(exactly: number) else {
                return .failure(
                    Fault(
                        "int_from_float", "Input should be a valid integer, got a number with a fractional part", value)
                )
            }
            return bounded(whole, range, .int(whole)) { .int($0) }
        case (.integer, _): return .failure(Fault("int_type", "Input should be a valid integer", value))
        case (.number(let range), .int(let number)):
            return bounded(Double(number), range, value) { .double($0) }
        case (.number(let range), .double(let number)):
            guard number.isFinite else {
                return .failure(Fault("finite_number", "Input should be a finite number", value))
            }
            return bounded(number, range, value) { .double($0) }
        case (.number, _): return .failure(Fault("float_type", "Input should be a valid number", value))
        case (.flag, .bool): return .success(value)
        case (.flag, _): return .failure(Fault("bool_type", "Input should be a valid boolean", value))
        }
    }

    private func bounded<Number: Comparable>(
        _ number: Number, _ range: ClosedRange<Number>, _ value: JSONValue, _ json: (Number) -> JSONValue
    ) -> Result<JSONValue, Fault> {
        if number < range.lowerBound {
            return .failure(
                Fault(
                    "greater_than_equal", "Input should be greater than or equal to \(range.lowerBound)", value,
                    context: ["ge": json(range.lowerBound)]))
        }
        if number > range.upperBound {
            return .failure(
                Fault(
                    "less_than_equal", "Input should be less than or equal to \(range.upperBound)", value,
                    context: ["le": json(range.upperBound)]))
        }
        return .success(value)
    }

    /// A text of a query as a value of this kind; what cannot be read stays a text, for `check` to refuse.
    func value(ofText text: String) -> JSONValue {
        switch kind {
        case .text, .pattern, .word: return .string(text)
        case .integer: return Int64(text).map { .int($0) } ?? .string(text)
        case .number: return Double(text).map { .double($0) } ?? .string(text)
        case .flag:
            switch text.lowercased() {
            case "true", "1", "yes", "on": return true
            case "false", "0", "no", "off": return false
            default: return .string(text)
            }
        }
    }
}

/// What is wrong with one value, as FastAPI tells it.
struct Fault: Error, Sendable {
    var type: String
    var message: String
    var input: JSONValue
    var context: JSONValue?
    var place: [JSONValue] = []

    init(_ type: String, _ message: String, _ input: JSONValue, context: JSONValue? = nil, place: [JSONValue] = []) {
        (self.type, self.message, self.input, self.context) = (type, message, input, context)
        self.place = place
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "type": .string(type), "loc": .array(place), "msg": .string(message), "input": input,
        ]
        if let context { members["ctx"] = context }
        return .object(members)
    }
}
