// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
    /// Reads a number by the grammar of RFC 8259.
    mutating func parseNumber() throws(JSONParseError) -> JSONValue {
        let start = position
        if peek() == UInt8(ascii: "-") { position += 1 }
        if peek() == UInt8(ascii: "0") { position += 1 } else { try skipDigits() }
        var isWhole = true
        if peek() == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            try skipDigits()
        }
        if let byte = peek(), byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isWhole = false
            position += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .int(value) }
        // Out of range becomes infinite here; a JSON number is finite by definition.
        guard let value = Double(text), value.isFinite else {
            throw JSONParseError(.unexpectedByte, "number out of range: \(text.prefix(40))", at: offset(of: start))
        }
        return .double(value)
    }

    private mutating func skipDigits() throws(JSONParseError) {
        let start = position
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position == start else { return }
        guard let byte = peek() else { throw unexpectedEnd() }
        throw failure(.unexpectedByte, "unexpected byte \(quoted(byte)) in number")
    }
}
