// SPDX-License-Identifier: Apache-2.0

/// The head of a PLY file: its elements in order, and what each row holds.
struct PLYHeader {
    /// The kinds of numbers, each under its two names.
    enum Scalar: Hashable {
        case int8, uint8, int16, uint16, int32, uint32, float32, float64

        init?(_ word: Substring) {
            switch word {
            case "char", "int8": self = .int8
            case "uchar", "uint8": self = .uint8
            case "short", "int16": self = .int16
            case "ushort", "uint16": self = .uint16
            case "int", "int32": self = .int32
            case "uint", "uint32": self = .uint32
            case "float", "float32": self = .float32
            case "double", "float64": self = .float64
            default: return nil
            }
        }

        var size: Int {
            switch self {
            case .int8, .uint8: 1
            case .int16, .uint16: 2
            case .int32, .uint32, .float32: 4
            case .float64: 8
            }
        }
    }

    struct Property: Hashable {
        var name: String
        var type: Scalar
        /// The type of the count before a list; `nil` for one number.
        var count: Scalar?
    }

    struct Element: Hashable {
        var name: String
        var count: Int
        var properties: [Property] = []

        /// Bytes a row; `nil` when it holds a list.
        var stride: Int? {
            properties.contains { $0.count != nil } ? nil : properties.reduce(0) { $0 + $1.type.size }
        }

        /// Where a property stands in a row without lists, and its type.
        func place(_ name: String) -> (offset: Int, type: Scalar)? {
            guard let index = properties.firstIndex(where: { $0.name == name }) else { return nil }
            return (properties[..<index].reduce(0) { $0 + $1.type.size }, properties[index].type)
        }
    }

    var isText = false
    var isBigEndian = false
    var elements: [Element] = []
    /// Bytes up to the first row.
    var size = 0

    /// - Parameter head: the file's first bytes, with all of the head among them.
    /// - Returns: `nil` for anything that is not as the format's description has it.
    init?(_ head: [UInt8]) {
        var place = head.startIndex
        var isFormatKnown = false
        func line() -> [Substring]? {
            guard let end = head[place...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            var text = head[place..<end]
            if text.last == UInt8(ascii: "\r") { text.removeLast() }
            place = end + 1
            // A lone carriage return parts lines too, for some; such files are left to others.
            guard text.allSatisfy({ $0 >= 32 && $0 < 127 || $0 == 9 }) else { return nil }
            return String(decoding: text, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\t" })
        }
        guard let first = line(), first == ["ply"] else { return nil }
        while let words = line() {
            switch words.first {
            case "end_header":
                guard isFormatKnown, words.count == 1 else { return nil }
                size = place
                return
            case "format":
                guard words.count == 3, elements.isEmpty, words[2] == "1.0" else { return nil }
                (isText, isBigEndian) = (words[1] == "ascii", words[1] == "binary_big_endian")
                isFormatKnown = isText || isBigEndian || words[1] == "binary_little_endian"
                guard isFormatKnown else { return nil }
            case "element":
                guard words.count == 3, let count = Int(words[2]), count >= 0 else { return nil }
                elements.append(Element(name: String(words[1]), count: count))
            case "property":
                guard !elements.isEmpty, let property = Self.property(words) else { return nil }
                elements[elements.count - 1].properties.append(property)
            case "comment", "obj_info":
                // Some programs name a picture here.
                if words.dropFirst().first == "TextureFile" { return nil }
            default: return nil
            }
        }
        return nil
    }

    private static func property(_ words: [Substring]) -> Property? {
        if words.count == 3, let type = Scalar(words[1]) { return Property(name: String(words[2]), type: type) }
        guard words.count == 5, words[1] == "list", let count = Scalar(words[2]), let type = Scalar(words[3]) else {
            return nil
        }
        return Property(name: String(words[4]), type: type, count: count)
    }
}
