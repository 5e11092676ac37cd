// SPDX-License-Identifier: Apache-2.0

/// Writes the methods, and the types of what goes and comes with them.
struct MethodWriter {
    let schemas: ServerSchemas
    let types: TypeWriter

    /// The files of methods and types.
    ///
    /// - Throws: `GeneratorError` when tables and schemas do not fit.
    func files() throws(GeneratorError) -> [String: String] {
        var files: [String: String] = [:]
        var order: [String] = []
        for (name, table) in MethodTable.files {
            let entries = try Table(table).entries
            order += entries.map(\.key)
            files[name + ".swift"] = try methods(entries)
        }
        guard order.count == Set(order).count, Set(order) == Set(schemas.methods.keys) else {
            throw GeneratorError("The tables of methods and the server's list are not the same.")
        }
        files["Methods/Methods+All.swift"] = list(order)
        let records = try records()
        for (name, table) in TypeTable.files {
            files[name + ".swift"] = try typeFile(try Table(table).entries, records)
        }
        return files
    }

    private func methods(_ entries: [Table.Entry]) throws(GeneratorError) -> String {
        var text = SwiftText()
        text.line("extension Methods {")
        for (index, entry) in entries.enumerated() {
            guard let method = schemas.methods[entry.key] else {
                throw GeneratorError("The server has no method '\(entry.key)'.")
            }
            if index > 0 { text.line() }
            let parameters = try type(method.parameters, inRequest: true)
            let result = try type(method.result, inRequest: false)
            text.documentation([entry.sentence] + Self.remarks(method), indent: 4)
            var facts = ["\"\(method.name)\""]
            if method.plugin != "Core" { facts.append("plugin: .\(method.plugin.camelCased)") }
            if method.isTask { facts.append("isTask: true") }
            if method.isDeprecated { facts.append("isDeprecated: true") }
            text.call(
                "public static let \(entry.key.camelCased) = "
                    + "Method<\(parameters), \(entry.type ?? result)>(", facts, ")", indent: 4)
        }
        text.line("}")
        return text.file()
    }

    private func type(_ shape: Shape?, inRequest: Bool) throws(GeneratorError) -> String {
        guard let shape else { return "NoValue" }
        return try types.names.type(shape, inRequest: inRequest)
    }

    private static func remarks(_ method: ServerSchemas.Method) -> [String] {
        var remarks: [String] = []
        if method.plugin != "Core" { remarks.append("Belongs to the plugin \(method.plugin).") }
        if method.isTask { remarks.append("Runs as a task, which reports progress and can be cancelled.") }
        if method.isDeprecated { remarks.append("The server calls it deprecated.") }
        return remarks.isEmpty ? [] : [remarks.joined(separator: " ")]
    }

    private func list(_ order: [String]) -> String {
        var text = SwiftText()
        text.line("extension Methods {")
        text.documentation(["All methods of a server with all its plugins."], indent: 4)
        text.list("public static let all: [any BraynsMethod] = ", order.map(\.camelCased), indent: 4)
        text.line("}")
        return text.file()
    }

    /// Every object of the methods by its key, and whether it goes with requests.
    private func records() throws(GeneratorError) -> [String: (record: Shape.Record, inRequest: Bool)] {
        var records: [String: (record: Shape.Record, inRequest: Bool)] = [:]
        for method in schemas.methods.values {
            for (shape, inRequest) in [(method.result, false), (method.parameters, true)] {
                var found: [String: Shape.Record] = [:]
                shape?.collect(into: &found)
                for record in found.values {
                    let key = TypeNames.key(record, inRequest: inRequest)
                    records[key] = (key.hasSuffix("/change") ? record.forRequests : record, inRequest)
                }
            }
        }
        return records
    }

    private func typeFile(
        _ entries: [Table.Entry], _ records: [String: (record: Shape.Record, inRequest: Bool)]
    ) throws(GeneratorError) -> String {
        var text = SwiftText()
        for entry in entries {
            guard let (record, inRequest) = records[entry.key] else {
                throw GeneratorError("No method has an object '\(entry.key)'.")
            }
            if !text.lines.isEmpty { text.line() }
            types.write(
                TypeNames.name(of: entry), [entry.sentence],
                try types.fields(record, entry, inRequest: inRequest), to: &text)
        }
        return text.file()
    }
}
