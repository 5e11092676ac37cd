// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
    /// Reads a string from its opening to its closing quote.
    mutating func parseString() throws(JSONParseError) -> String {
        position += 1
        var text = ""
        var runStart = position
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                let run = try validated(runStart..<position)
                position += 1
                return text.isEmpty ? run : text + run
            case UInt8(ascii: "\\"):
                text += try validated(runStart..<position)
                text.unicodeScalars.append(try parseEscape())
                runStart = position
            case 0..<0x20: throw failure(.invalidText, "unescaped control character in string")
            default: position += 1
            }
        }
        throw failure(.unexpectedEnd, "unterminated string literal")
    }

    private func validated(_ range: Range<Int>) throws(JSONParseError) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw JSONParseError(.invalidText, "invalid UTF-8 text", at: offset(of: range.lowerBound))
        }
        return text
    }

    private mutating func parseEscape() throws(JSONParseError) -> UnicodeScalar {
        position += 1
        guard let byte = peek() else { throw failure(.unexpectedEnd, "unterminated string literal") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UnicodeScalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try parseUnicodeEscape()
        default: throw failure(.unexpectedByte, "invalid escaped byte \(quoted(byte))")
        }
    }

    private mutating func parseUnicodeEscape() throws(JSONParseError) -> UnicodeScalar {
        let first = try parseHexUnit()
        if let scalar = UnicodeScalar(first) { return scalar }
        // Only surrogates are no scalars: the first half must be followed by a second.
        guard first < 0xDC00, peek() == UInt8(ascii: "\\") else {
            throw failure(.invalidText, "invalid surrogate pair in string")
        }
        position += 1
        guard peek() == UInt8(ascii: "u") else { throw failure(.invalidText, "invalid surrogate pair in string") }
        position += 1
        let second = try parseHexUnit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = UnicodeScalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw failure(.invalidText, "invalid surrogate pair in string") }
        return scalar
    }

    private mutating func parseHexUnit() throws(JSONParseError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek() else { throw failure(.unexpectedEnd, "unterminated string literal") }
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
                throw failure(.unexpectedByte, "invalid escape Unicode byte \(quoted(byte))")
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
