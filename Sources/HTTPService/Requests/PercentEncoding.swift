// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding that leaves nothing to chance: all but RFC 3986's unreserved characters is encoded.
///
/// Foundation's `URLComponents.queryItems` leaves `+` as it is, which servers read as a space, and its set for paths
/// leaves `/` and `:` alone; both break signatures and identifiers.
public enum PercentEncoding {
    /// One path segment or one value of a query: every reserved character is encoded, `/` too.
    public static func segment(_ text: String) -> String { encode(text, keeping: "") }

    /// A path whose `/` part segments.
    public static func path(_ text: String) -> String { encode(text, keeping: "/") }

    /// A query of names and values, in their order.
    public static func query(_ items: [(name: String, value: String)]) -> String {
        items.map { "\(segment($0.name))=\(segment($0.value))" }.joined(separator: "&")
    }

    /// What was encoded, with `%XX` undone; `nil` when that is no text or an escape is broken.
    public static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func encode(_ text: String, keeping kept: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) }
}
