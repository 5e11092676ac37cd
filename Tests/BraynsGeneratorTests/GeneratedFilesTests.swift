// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@testable import BraynsGenerator

/// What is committed is what the generator writes, and no text of Brayns' own is in it.
@Suite struct GeneratedFilesTests {
    private static let output = Fixtures.repository.appendingPathComponent("Sources/Brayns/Generated")
    private static let schemas = Fixtures.url("brayns/all-plugins")

    @Test("the committed files are those that the generator writes: `make generate` brings them up to date")
    func upToDate() throws {
        let files = try BraynsGenerator.files(from: Self.schemas)
        #expect(files.count > 30)
        for (path, text) in files {
            let committed = try String(contentsOf: Self.output.appendingPathComponent(path), encoding: .utf8)
            #expect(committed == text, "\(path)")
        }
        let folders = ["Loaders", "Methods", "Types"]
        for folder in folders {
            let names = try FileManager.default.contentsOfDirectory(
                atPath: Self.output.appendingPathComponent(folder).path)
            #expect(Set(names.map { folder + "/" + $0 }) == Set(files.keys.filter { $0.hasPrefix(folder + "/") }))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: Self.output.path).sorted() == folders)
    }

    @Test("no line is longer than 120, no file than 350 lines")
    func sizes() throws {
        for (path, text) in try BraynsGenerator.files(from: Self.schemas) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 350 && lines.allSatisfy { $0.count <= 120 }, "\(path)")
        }
    }

    @Test("every public declaration but coding stands below its sentence")
    func documented() throws {
        for (path, text) in try BraynsGenerator.files(from: Self.schemas) {
            let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
            for (line, before) in zip(lines.dropFirst(), lines) where line.hasPrefix("public ") {
                let isRequirement = ["loaderName", "plugin", "extensions", "takesUploads"].contains {
                    line.hasPrefix("public static let \($0) ")
                }
                #expect(before.hasPrefix("///") || isRequirement, "\(path): \(line)")
            }
        }
    }

    @Test("the schemas carry no sentences of the server's", arguments: ["schemas.json", "loaders.json"])
    func noForeignText(name: String) throws {
        let text = String(decoding: try Data(contentsOf: Self.schemas.appendingPathComponent(name)), as: UTF8.self)
        #expect(!text.contains("\"description\": \""))
    }

    @Test(
        "a table that does not fit is refused",
        arguments: ["no sentence", "  member: without entry", "One: a sentence\n  member without"])
    func badTables(text: String) { #expect(throws: GeneratorError.self) { try Table(text) } }

    @Test("a table's line holds key, name, type and sentence")
    func tables() throws {
        let table = try Table("Key = Name: Sentence: with colon.\n  a_b-id <T>: X.\n  c = d <[E: F]>: Y.")
        let entry = try #require(table["Key"])
        #expect(entry.name == "Name" && entry.sentence == "Sentence: with colon." && entry.type == nil)
        #expect(entry.members.map(\.name) == ["aBID", "d"])
        #expect(entry.members.map(\.type) == ["T", "[E: F]"])
    }

    @Test("schemas that are missing or broken are refused by name")
    func badSchemas() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = #expect(throws: GeneratorError.self) { try BraynsGenerator.files(from: folder) }
        #expect(missing?.description.contains("schemas.json") == true)
        try Data("{}".utf8).write(to: folder.appendingPathComponent("schemas.json"))
        try Data("[]".utf8).write(to: folder.appendingPathComponent("loaders.json"))
        #expect(throws: GeneratorError.self) { try BraynsGenerator.files(from: folder) }
        let strange = #expect(throws: GeneratorError.self) { try Shape(["type": "colour"]) }
        #expect(strange?.description.contains("colour") == true)
    }
}
