// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Writes the regular part of the Brayns client from what a server says of its methods and loaders.
///
///     swift run BraynsGenerator Tests/Fixtures/brayns/all-plugins Sources/Brayns/Generated
@main struct BraynsGenerator {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let schemas = arguments.first, let output = arguments.last else {
            return fail("Say where the schemas are, and the folder to write: BraynsGenerator SCHEMAS OUTPUT.")
        }
        do {
            let files = try files(from: URL(fileURLWithPath: schemas))
            try write(files, to: URL(fileURLWithPath: output))
            print("\(files.count) files written to \(output).")
        } catch {
            fail("\(error)")
        }
    }

    /// The files by their paths in the output folder.
    ///
    /// - Throws: `GeneratorError` when the tables do not fit the schemas.
    static func files(from schemas: URL) throws(GeneratorError) -> [String: String] {
        let schemas = try ServerSchemas(folder: schemas)
        var tables = [try Table(LoaderTable.parts)]
        for (_, text) in TypeTable.files { tables.append(try Table(text)) }
        let types = TypeWriter(names: TypeNames(tables))
        let methods = try MethodWriter(schemas: schemas, types: types).files()
        return try LoaderWriter(schemas: schemas, types: types).files().merging(methods) { first, _ in first }
    }

    /// Replaces the output folder.
    private static func write(_ files: [String: String], to folder: URL) throws {
        if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let url = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    private static func fail(_ message: String) {
        FileHandle.standardError.write(Data("BraynsGenerator: \(message)\n".utf8))
        exit(1)
    }
}
