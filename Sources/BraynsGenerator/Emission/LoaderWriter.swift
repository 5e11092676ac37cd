// SPDX-License-Identifier: Apache-2.0

/// Writes the loaders' settings, what they are made of and what they offer.
struct LoaderWriter {
    let schemas: ServerSchemas
    let types: TypeWriter

    /// One file a loader, and those of their parts and choices.
    ///
    /// - Throws: `GeneratorError` when tables and schemas do not fit.
    func files() throws(GeneratorError) -> [String: String] {
        var files: [String: String] = [:]
        let table = try Table(LoaderTable.text)
        guard Set(table.entries.map(\.key)) == Set(schemas.loaders.keys) else {
            throw GeneratorError("The table of loaders and the server's list are not the same.")
        }
        for entry in table.entries {
            guard let loader = schemas.loaders[entry.key] else { continue }
            files["Loaders/\(entry.name).swift"] = try file(loader, entry)
        }
        files["Loaders/LoaderParts.swift"] = try parts()
        files["Loaders/LoaderChoices.swift"] = try choices()
        files["Loaders/Loaders.swift"] = list(table)
        return files
    }

    private func file(_ loader: ServerSchemas.Loader, _ entry: Table.Entry) throws(GeneratorError) -> String {
        var text = SwiftText()
        let list = loader.extensions.map { "\"\($0)\"" }.joined(separator: ", ")
        types.write(
            entry.name, [entry.sentence], try types.fields(loader.settings, entry, inRequest: true),
            conformance: "LoaderSettings",
            statics: [
                "public static let loaderName = \"\(loader.name)\"",
                "public static let plugin = Plugin.\(loader.plugin.camelCased)",
                "public static let extensions = [\(list)]",
                "public static let takesUploads = \(loader.takesUploads)",
            ], to: &text)
        return text.file()
    }

    private func parts() throws(GeneratorError) -> String {
        var text = SwiftText()
        let records = schemas.loaders.values.reduce(into: [String: Shape.Record]()) { found, loader in
            loader.settings.collect(into: &found)
        }
        for entry in try Table(LoaderTable.parts).entries {
            guard let record = records[entry.key] else { throw GeneratorError("No loader has a '\(entry.key)'.") }
            if !text.lines.isEmpty { text.line() }
            types.write(entry.name, [entry.sentence], try types.fields(record, entry, inRequest: true), to: &text)
        }
        return text.file()
    }

    private func choices() throws(GeneratorError) -> String {
        var text = SwiftText()
        let offered = schemas.loaders.values.reduce(into: Set<[String]>()) { $1.settings.collectChoices(into: &$0) }
        for entry in try Table(LoaderTable.choices).entries {
            guard offered.contains(entry.members.map(\.key)) else {
                throw GeneratorError("No loader offers the choices of '\(entry.key)' in this order.")
            }
            if !text.lines.isEmpty { text.line() }
            text.documentation([entry.sentence], indent: 0)
            text.line("public enum \(entry.key): String, Codable, Hashable, Sendable, CaseIterable {")
            for value in entry.members {
                text.documentation([value.sentence], indent: 4)
                text.line("case \(value.name)" + (value.name == value.key ? "" : " = \"\(value.key)\""), indent: 4)
            }
            text.line("}")
        }
        return text.file()
    }

    private func list(_ table: Table) -> String {
        var text = SwiftText()
        text.documentation(["The loaders of a server with all its plugins."], indent: 0)
        text.line("public enum Loaders {")
        text.documentation(["All of them, the server's own first."], indent: 4)
        text.list(
            "public static let all: [any LoaderSettings.Type] = ", table.entries.map { "\($0.name).self" }, indent: 4)
        text.line("}")
        return text.file()
    }
}

extension Shape.Record {
    /// Gathers the objects within this one by title.
    func collect(into found: inout [String: Shape.Record]) {
        for member in members { member.shape.collect(into: &found) }
    }

    /// Gathers the choices that members offer.
    func collectChoices(into found: inout Set<[String]>) {
        var records: [String: Shape.Record] = [:]
        collect(into: &records)
        for record in records.values + [self] {
            for case .choice(let texts) in record.members.map(\.shape) { found.insert(texts) }
        }
    }
}

extension Shape {
    func collect(into found: inout [String: Shape.Record]) {
        switch self {
        case .record(let record):
            found[record.title] = record
            record.collect(into: &found)
        case .list(let element, _), .table(let element): element.collect(into: &found)
        default: break
        }
    }
}
