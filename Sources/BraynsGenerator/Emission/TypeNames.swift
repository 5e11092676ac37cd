// SPDX-License-Identifier: Apache-2.0

/// Which Swift type each shape of the schemas is.
struct TypeNames {
    /// Swift names by title.
    private var names: [String: String] = TypeTable.byHand

    init(_ tables: [Table]) {
        for table in tables { for entry in table.entries { names[entry.key] = Self.name(of: entry) } }
        names["NeuronMorphologyLoaderParameters"] = "Morphology"
    }

    /// An entry's type; the title itself where no other name is given.
    static func name(of entry: Table.Entry) -> String {
        entry.name == entry.key.camelCased ? String(entry.key.prefix { $0 != "/" }) : entry.name
    }

    /// The type of a shape in a request or a reply.
    ///
    /// - Throws: `GeneratorError` for an object without a name.
    func type(_ shape: Shape, inRequest: Bool) throws(GeneratorError) -> String {
        switch shape {
        case .bool: return "Bool"
        case .integer: return "Int"
        case .number: return "Double"
        case .text, .choice: return "String"
        case .any: return "JSONValue"
        case .table(let value): return "[String: \(try type(value, inRequest: inRequest))]"
        case .list(.integer, count: 2): return "PixelSize"
        case .list(.number, count: 3): return "Vector3"
        case .list(let element, let count):
            let name = try type(element, inRequest: inRequest)
            return count.map { "SIMD\($0)<\(name)>" } ?? "[\(name)]"
        case .record(let record): return try type(record, inRequest: inRequest)
        }
    }

    private func type(_ record: Shape.Record, inRequest: Bool) throws(GeneratorError) -> String {
        let key = Self.key(record, inRequest: inRequest)
        guard let name = names[key] else { throw GeneratorError("The object '\(key)' is in no table.") }
        // A name such as `ColoredPrimitive<geometry>` takes the type of that member.
        guard let open = name.firstIndex(of: "<") else { return name }
        let parameter = String(name[name.index(after: open)...].dropLast())
        guard var shape = record.members.first(where: { $0.name == parameter })?.shape else {
            throw GeneratorError("The object '\(key)' has no member '\(parameter)'.")
        }
        if case .list(let element, nil) = shape { shape = element }
        return "\(name[..<open])<\(try type(shape, inRequest: inRequest))>"
    }

    /// The table's key of an object: what a request may carry of it can be a type of its own.
    static func key(_ record: Shape.Record, inRequest: Bool) -> String {
        let isPart = inRequest && record.members.contains(where: \.isReadOnly)
        return record.title + (isPart && TypeTable.byHand[record.title] == nil ? "/change" : "")
    }
}
