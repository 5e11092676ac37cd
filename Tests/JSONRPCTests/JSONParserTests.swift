// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Testing

@Suite struct JSONParserTests {
    @Test(
        "values are read with integers kept apart from other numbers",
        arguments: [
            ("null", JSONValue.null), ("true", true), (" false\n", false), ("0", .int(0)), ("-7", .int(-7)),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .double(9223372036854775808)), ("1.0", .double(1)), ("1e2", .double(100)),
            ("-2.5E-3", .double(-0.0025)), ("\"\"", ""), ("[]", []), ("{}", [:]), ("[1,[2,[]]]", [1, [2, []]]),
            ("{\"a\":{\"b\":null}}", ["a": ["b": nil]]), ("{\"a\":1,\"a\":2}", ["a": 2]),
        ] as [(String, JSONValue)])
    func values(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(
        "escapes become the characters they name",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"), (#""\u00e9\u2603""#, "é☃"), (#""\ud83d\ude00""#, "😀"),
            (#""a\u0000b""#, "a\u{0}b"), ("\"é☃\"", "é☃"),
        ])
    func escapes(text: String, expected: String) throws {
        #expect(try JSONValue(parsing: text) == .string(expected))
    }

    @Test(
        "mistakes are refused in the words of Brayns",
        arguments: [
            ("", JSONParseError.Code.unexpectedEnd, "unexpected end of text"),
            ("{not json", .unexpectedByte, "expected 'u' instead of byte 'o'"),
            ("{} xx", .excessCharacters, "Excess characters found after JSON end."),
            ("/*c*/{}", .unexpectedByte, "unexpected byte '/' in value"),
            ("{\"a\":1 \"b\":2}", .unexpectedByte, "expected ',' or '}' after member value"),
            ("{\"a\" 1}", .unexpectedByte, "expected ':' after member name"),
            ("{1:2}", .unexpectedByte, "expected member name or '}'"),
            ("{\"a\":1,}", .unexpectedByte, "unexpected byte '}' in value"),
            ("[1 2]", .unexpectedByte, "unexpected byte '2'"),
            ("[1,]", .unexpectedByte, "unexpected byte ']' in value"),
            ("{\"a\":", .unexpectedEnd, "unexpected end of text"),
            ("\"abc", .unexpectedEnd, "unterminated string literal"),
            ("\"a\u{1}\"", .invalidText, "unescaped control character in string"),
            (#""\ud800""#, .invalidText, "invalid surrogate pair in string"),
            (#""\ud800\u0041""#, .invalidText, "invalid surrogate pair in string"),
            (#""\udc00""#, .invalidText, "invalid surrogate pair in string"),
            (#""\x""#, .unexpectedByte, "invalid escaped byte 'x'"), ("-", .unexpectedEnd, "unexpected end of text"),
            ("01", .excessCharacters, "Excess characters found after JSON end."),
            ("1.", .unexpectedEnd, "unexpected end of text"),
            ("1e+x", .unexpectedByte, "unexpected byte 'x' in number"),
            ("nul", .unexpectedEnd, "unexpected end of text"),
            ("1e999", .unexpectedByte, "number out of range: 1e999"),
        ])
    func mistakes(text: String, code: JSONParseError.Code, message: String) {
        let error = #expect(throws: JSONParseError.self) { try JSONValue(parsing: text) }
        #expect(error?.code == code)
        #expect(error?.message == message)
    }

    @Test("nesting ends at the limit and not with the stack", arguments: ["[", "{\"a\":"])
    func depth(opening: String) throws {
        let limit = JSONValue.maximumDepth
        let closing = opening == "[" ? "]" : "}"
        func nested(_ count: Int) -> String {
            String(repeating: opening, count: count) + "1" + String(repeating: closing, count: count)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(limit)) }
        let error = #expect(throws: JSONParseError.self) { try JSONValue(parsing: nested(limit + 1)) }
        #expect(error?.code == .tooDeep)
        #expect(throws: JSONParseError.self) {
            try JSONValue(parsing: String(repeating: opening, count: 1_000_000))
        }
    }

    @Test(
        "bytes that are no UTF-8 are refused inside strings and outside",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0xFF], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: bytes) }
    }

    @Test("no prefix and no changed byte of a real message makes the parser fail otherwise than by its error")
    func neverCrashes() throws {
        let bytes = try #require(Recording(number: 15).bytes("response.json"))
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: JSONParseError.self) { try JSONValue(parsing: bytes[..<length]) }
        }
        var generator = SplitMix(state: 1)
        var refused = 0
        for _ in 0..<2000 {
            var changed = bytes
            changed[Int(generator.next() % UInt64(changed.count))] = UInt8(truncatingIfNeeded: generator.next())
            do { _ = try JSONValue(parsing: changed) } catch { refused += 1 }
        }
        #expect(refused > 0 && refused < 2000)
    }
}

/// A small generator, so that the changed bytes are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
