// SPDX-License-Identifier: Apache-2.0

/// Lines of Swift in the house format.
struct SwiftText {
    static let width = 120

    private(set) var lines: [String] = []

    mutating func line(_ text: String = "", indent: Int = 0) {
        lines.append(text.isEmpty ? "" : String(repeating: " ", count: indent) + text)
    }

    /// A documentation comment, a paragraph each.
    mutating func documentation(_ paragraphs: [String], indent: Int) {
        for (index, paragraph) in paragraphs.enumerated() {
            if index > 0 { line("///", indent: indent) }
            for text in Self.filled(paragraph.split(separator: " ").map(String.init), room: Self.width - indent - 4) {
                line("/// " + text, indent: indent)
            }
        }
    }

    /// `head` + items + `tail`, on one line where they fit, else with the items on lines of their own.
    mutating func call(_ head: String, _ items: [String], _ tail: String, indent: Int) {
        let separated = items.enumerated().map { $0.offset + 1 < items.count ? $0.element + "," : $0.element }
        let whole = head + separated.joined(separator: " ") + tail
        if indent + whole.count <= Self.width { return line(whole, indent: indent) }
        line(head, indent: indent)
        // The closing bracket of a declaration stands by itself, that of a value behind the last item.
        let closesApart = tail.hasSuffix("{")
        var rows = Self.filled(separated, room: Self.width - indent - 4 - (closesApart ? 0 : tail.count))
        if !closesApart, !rows.isEmpty { rows[rows.count - 1] += tail }
        for row in rows { line(row, indent: indent + 4) }
        if closesApart { line(tail, indent: indent) }
    }

    /// A list of values, on lines of their own between the brackets.
    mutating func list(_ head: String, _ items: [String], indent: Int) {
        line(head + "[", indent: indent)
        for row in Self.filled(items.map { $0 + "," }, room: Self.width - indent - 4) { line(row, indent: indent + 4) }
        line("]", indent: indent)
    }

    private static func filled(_ words: [String], room: Int) -> [String] {
        var rows: [String] = []
        for word in words {
            if let last = rows.last, last.count + 1 + word.count <= room {
                rows[rows.count - 1] = last + " " + word
            } else {
                rows.append(word)
            }
        }
        return rows
    }

    /// The text of a file with these lines, and the modules that they need.
    func file() -> String {
        let body = lines.joined(separator: "\n")
        let needs = [
            "JSONRPC": ["JSONValue"], "Scene": ["Vector3", "Bounds", "View", "Transform"],
        ]
        func isUsed(_ word: String) -> Bool {
            lines.contains { line in
                !line.drop { $0 == " " }.hasPrefix("///")
                    && line.split { !$0.isLetter && !$0.isNumber }.contains { $0 == word }
            }
        }
        let imports = needs.filter { $0.value.contains(where: isUsed) }.keys.sorted().map { "import \($0)\n" }
        return """
            // SPDX-License-Identifier: Apache-2.0
            // Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

            """ + "\n" + imports.joined() + (imports.isEmpty ? "" : "\n") + body + "\n"
    }
}
