// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// Writes a type for an object of the schemas.
struct TypeWriter {
    struct Field {
        var key: String
        var name: String
        var type: String
        var isRequired: Bool
        var documentation: String
    }

    let names: TypeNames

    /// The members of an object in the table's order.
    ///
    /// - Throws: `GeneratorError` when table and schema do not name the same members.
    func fields(_ record: Shape.Record, _ entry: Table.Entry, inRequest: Bool) throws(GeneratorError) -> [Field] {
        let (known, told) = (Set(record.members.map(\.name)), Set(entry.members.map(\.key)))
        guard known == told else {
            throw GeneratorError(
                "'\(entry.key)': table and schema differ in \(known.symmetricDifference(told).sorted()).")
        }
        var fields: [Field] = []
        for row in entry.members {
            guard let member = record.members.first(where: { $0.name == row.key }) else { continue }
            let type = try names.type(member.shape, inRequest: inRequest)
            fields.append(
                Field(
                    key: row.key, name: row.name,
                    type: row.type ?? type,
                    isRequired: member.isRequired, documentation: row.sentence + Self.facts(member)))
        }
        return fields
    }

    /// Writes a structure; `conformance` and `statics` are those of its kind.
    func write(
        _ name: String, _ documentation: [String], _ fields: [Field],
        conformance: String = "Codable, Hashable, Sendable",
        statics: [String] = [], to text: inout SwiftText
    ) {
        let parts = name.split(separator: ".").map(String.init)
        let indent = parts.count > 1 ? 4 : 0
        if parts.count > 1 { text.line("extension \(parts[0]) {") }
        text.documentation(documentation, indent: indent)
        text.line("public struct \(parts[parts.count - 1]): \(conformance) {", indent: indent)
        for line in statics { text.line(line, indent: indent + 4) }
        if !statics.isEmpty { text.line() }
        for field in fields {
            text.documentation([field.documentation], indent: indent + 4)
            text.line("public var \(field.name): \(field.type)\(field.isRequired ? "" : "?")", indent: indent + 4)
        }
        if !fields.isEmpty { text.line() }
        initializer(fields, indent + 4, &text)
        keys(fields, indent + 4, &text)
        text.line("}", indent: indent)
        if parts.count > 1 { text.line("}") }
    }

    private func initializer(_ fields: [Field], _ indent: Int, _ text: inout SwiftText) {
        let isWhole = fields.allSatisfy(\.isRequired)
        let remark = isWhole ? "" : "; what is `nil` is left out of the message"
        text.documentation(
            [fields.isEmpty ? "There is nothing to say." : "Takes every value\(remark)."], indent: indent)
        guard !fields.isEmpty else { return text.line("public init() {}", indent: indent) }
        // What has to be given stands first.
        let ordered = fields.filter(\.isRequired) + fields.filter { !$0.isRequired }
        text.call(
            "public init(", ordered.map { "\($0.name): \($0.type)\($0.isRequired ? "" : "? = nil")" }, ") {",
            indent: indent)
        for field in fields { text.line("self.\(field.name) = \(field.name)", indent: indent + 4) }
        text.line("}", indent: indent)
    }

    private func keys(_ fields: [Field], _ indent: Int, _ text: inout SwiftText) {
        guard fields.contains(where: { $0.name != $0.key }) else { return }
        text.line()
        text.line("enum CodingKeys: String, CodingKey {", indent: indent)
        for field in fields {
            let key = field.name == field.key ? "" : " = \"\(field.key)\""
            text.line("case \(field.name)\(key)", indent: indent + 4)
        }
        text.line("}", indent: indent)
    }

    /// What the schema says of a member's values.
    private static func facts(_ member: Shape.Member) -> String {
        var facts = ""
        switch member.shape {
        case .integer(let limits), .number(let limits):
            switch (limits.least, limits.greatest) {
            case (let least?, let greatest?): facts = " From \(number(least)) to \(number(greatest))."
            // That ids, counts and places are not negative needs no saying.
            case (let least?, nil) where least != 0 || member.shape != .integer(limits):
                facts = " At least \(number(least))."
            default: break
            }
        default: break
        }
        if let fallback = member.fallback, fallback != [:] {
            facts += " The server's default is \(fallback.stringValue.map { "`\($0)`" } ?? plain(fallback))."
        }
        return facts
    }

    private static func number(_ value: Double) -> String { plain(.double(value)) }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .double(let number): Int64(exactly: number).map { String($0) } ?? String(number)
        case .int(let number): String(number)
        case .bool(let flag): "`\(flag)`"
        case .array(let elements): "(" + elements.map(plain).joined(separator: ", ") + ")"
        default: value.serialized()
        }
    }
}
