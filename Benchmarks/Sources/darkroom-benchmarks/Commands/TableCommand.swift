// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BenchmarkRows

/// `table`: rows as Markdown.
struct TableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "Prints the summary of measured rows, with the goals beside it.")

    @Argument(help: ArgumentHelp("Files of rows; of a row that is there twice the later counts.", valueName: "file"))
    var files: [String]

    func run() throws {
        let text = try files.map { String(decoding: try Frame.file($0), as: UTF8.self) }.joined(separator: "\n")
        print(MarkdownTable.text(Summary.all(try RowFile.rows(text)), goals: Catalogue.goals))
    }
}
