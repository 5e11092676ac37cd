// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// How deep arrays and objects may be nested; Brayns' parser allows the same.
    public static let maximumDepth = 128

    /// Reads a JSON text.
    ///
    /// Integers that fit 64 bits become `.int`, all other numbers `.double`. No comments, nothing after the
    /// value; of two members with one name the last counts.
    public init(parsing text: String) throws(JSONParseError) {
        var parser = JSONParser([UInt8](text.utf8)[...])
        self = try parser.parseDocument()
    }

    /// Reads a JSON text given as UTF-8.
    public init(parsing utf8: [UInt8]) throws(JSONParseError) {
        var parser = JSONParser(utf8[...])
        self = try parser.parseDocument()
    }

    /// Reads a JSON text given as a part of a larger message.
    public init(parsing utf8: ArraySlice<UInt8>) throws(JSONParseError) {
        var parser = JSONParser(utf8)
        self = try parser.parseDocument()
    }
}

/// A recursive-descent reader whose refusals are worded as those of Brayns' parser.
struct JSONParser {
    let bytes: ArraySlice<UInt8>
    var position: Int
    var depth = 0

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    mutating func parseDocument() throws(JSONParseError) -> JSONValue {
        let value = try parseValue()
        skipWhitespace()
        guard position == bytes.endIndex else {
            throw failure(.excessCharacters, "Excess characters found after JSON end.")
        }
        return value
    }

    mutating func parseValue() throws(JSONParseError) -> JSONValue {
        skipWhitespace()
        guard let byte = peek() else { throw unexpectedEnd() }
        switch byte {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONParseError) in try parser.parseObject() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONParseError) in try parser.parseArray() }
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseLiteral("true", .bool(true))
        case UInt8(ascii: "f"): return try parseLiteral("false", .bool(false))
        case UInt8(ascii: "n"): return try parseLiteral("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        default: throw failure(.unexpectedByte, "unexpected byte \(quoted(byte)) in value")
        }
    }

    /// Counts the depth around one array or object.
    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONParseError) -> JSONValue
    ) throws(JSONParseError) -> JSONValue {
        guard depth < JSONValue.maximumDepth else {
            throw failure(.tooDeep, "maximum depth of nesting reached")
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    private mutating func parseArray() throws(JSONParseError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipWhitespace()
        if peek() == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        while true {
            elements.append(try parseValue())
            skipWhitespace()
            switch peek() {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                position += 1
                return .array(elements)
            case nil: throw unexpectedEnd()
            case .some(let byte): throw failure(.unexpectedByte, "unexpected byte \(quoted(byte))")
            }
        }
    }

    private mutating func parseObject() throws(JSONParseError) -> JSONValue {
        position += 1
        var members: [String: JSONValue] = [:]
        skipWhitespace()
        if peek() == UInt8(ascii: "}") {
            position += 1
            return .object([:])
        }
        while true {
            let name = try parseMemberName(isFirst: members.isEmpty)
            skipWhitespace()
            guard let colon = peek() else { throw unexpectedEnd() }
            guard colon == UInt8(ascii: ":") else {
                throw failure(.unexpectedByte, "expected ':' after member name")
            }
            position += 1
            members[name] = try parseValue()
            skipWhitespace()
            switch peek() {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                position += 1
                return .object(members)
            case nil: throw unexpectedEnd()
            default: throw failure(.unexpectedByte, "expected ',' or '}' after member value")
            }
        }
    }

    /// Anything but a string is first read as a value, because that is whose mistake Brayns reports.
    private mutating func parseMemberName(isFirst: Bool) throws(JSONParseError) -> String {
        skipWhitespace()
        if peek() == UInt8(ascii: "\"") { return try parseString() }
        let start = position
        switch peek() {
        case UInt8(ascii: "{"), UInt8(ascii: "["): break
        default: _ = try parseValue()
        }
        throw JSONParseError(
            .unexpectedByte, isFirst ? "expected member name or '}'" : "expected member name", at: offset(of: start))
    }

    private mutating func parseLiteral(_ word: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        position += 1
        for index in 1..<word.utf8CodeUnitCount {
            let expected = word.utf8Start[index]
            guard let byte = peek() else { throw unexpectedEnd() }
            guard byte == expected else {
                throw failure(.unexpectedByte, "expected \(quoted(expected)) instead of byte \(quoted(byte))")
            }
            position += 1
        }
        return value
    }
}

extension JSONParser {
    func peek() -> UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    mutating func skipWhitespace() {
        while position < bytes.endIndex {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    func offset(of index: Int) -> Int { index - bytes.startIndex }

    func failure(_ code: JSONParseError.Code, _ message: String) -> JSONParseError {
        JSONParseError(code, message, at: offset(of: position))
    }

    func unexpectedEnd() -> JSONParseError { failure(.unexpectedEnd, "unexpected end of text") }

    /// A byte as people can read it.
    func quoted(_ byte: UInt8) -> String {
        (0x20..<0x7F).contains(byte) ? "'\(Character(UnicodeScalar(byte)))'" : "'\\x\(hex(byte))'"
    }

    private func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}
