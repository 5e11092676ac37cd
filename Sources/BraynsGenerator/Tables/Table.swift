// SPDX-License-Identifier: Apache-2.0

/// A table of names and sentences, one a line: what the generator cannot take from the schemas.
///
/// A line at the margin begins an entry, indented lines are its members:
///
///     PerspectiveLens = Perspective: How a perspective camera projects.
///       fovy = fieldOfView <Degrees>: Vertical field of view in degrees.
///
/// The name after `=` and the type in angle brackets are for those that differ from what the key gives.
struct Table {
    struct Entry {
        var key: String
        var name: String
        var type: String?
        var sentence: String
        var members: [Entry] = []
    }

    /// In the table's order.
    var entries: [Entry] = []

    /// - Throws: `GeneratorError` for a line without a sentence, or a member without an entry.
    init(_ text: String) throws(GeneratorError) {
        for line in text.split(separator: "\n") where !line.allSatisfy(\.isWhitespace) {
            let entry = try Self.entry(line)
            if line.first != " " {
                entries.append(entry)
            } else if entries.isEmpty {
                throw GeneratorError("The line '\(line)' belongs to nothing.")
            } else {
                entries[entries.count - 1].members.append(entry)
            }
        }
    }

    subscript(key: String) -> Entry? { entries.first { $0.key == key } }

    private static func entry(_ line: Substring) throws(GeneratorError) -> Entry {
        var type: String?
        var sign = ": "[...]
        // A type may hold a colon of its own.
        if let open = line.firstRange(of: " <"), let close = line.firstRange(of: ">: "),
            line.firstRange(of: ": ").map({ open.lowerBound < $0.lowerBound }) == true
        {
            type = String(line[open.upperBound..<close.lowerBound])
            sign = " <\(type ?? "")>: "[...]
        }
        guard let end = line.firstRange(of: sign) else { throw GeneratorError("The line '\(line)' has no sentence.") }
        var head = String(line[..<end.lowerBound].drop { $0 == " " })
        var name: String?
        if let equals = head.firstRange(of: " = ") {
            name = String(head[equals.upperBound...])
            head = String(head[..<equals.lowerBound])
        }
        return Entry(
            key: head, name: name ?? head.camelCased, type: type, sentence: String(line[end.upperBound...]))
    }
}

extension String {
    /// `max_ray-bounces` as `maxRayBounces`, with `ID` in the capitals that Swift gives it.
    var camelCased: String {
        let words = split { $0 == "_" || $0 == "-" || $0 == " " }.map(String.init)
        let rest = words.dropFirst().map { word in
            ["id": "ID", "ids": "IDs"][word] ?? word.prefix(1).uppercased() + word.dropFirst()
        }
        return ((words.first.map { [$0.lowercased()] } ?? []) + rest).joined()
    }
}
