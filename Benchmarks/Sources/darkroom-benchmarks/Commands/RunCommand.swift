// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BenchmarkRows
import Foundation

/// `run`: measures and appends rows to a file.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measures, and appends one JSON line a row to a file.")

    @Option(help: ArgumentHelp("Only benchmarks whose name holds this; may be given several times.", valueName: "word"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Only inputs of this name; may be given several times.", valueName: "name"))
    var input: [String] = []

    @Option(help: ArgumentHelp("Times that every side has its turn, at most.", valueName: "n"))
    var rounds = 21

    @Option(help: ArgumentHelp("Seconds for one input of one benchmark, except for three rounds.", valueName: "s"))
    var seconds = 4.0

    @Option(help: ArgumentHelp("The folder with frames, models and virtual environments.", valueName: "folder"))
    var work = "Benchmarks/.work"

    @Option(help: ArgumentHelp("The folder of worker.py.", valueName: "folder"))
    var peers = "Benchmarks/Peers"

    @Option(help: ArgumentHelp("The program that is measured as a whole.", valueName: "file"))
    var darkroom = ".build/release/darkroom"

    @Option(help: ArgumentHelp("The file that rows are appended to; - prints them.", valueName: "file"))
    var output = "-"

    @Flag(help: "Name what would be measured, and measure nothing.")
    var list = false

    func validate() throws {
        guard (1...100_000).contains(rounds) else { throw ValidationError("--rounds needs a number from 1 to 100000.") }
        guard seconds > 0, seconds <= 86400 else { throw ValidationError("--seconds needs a number up to 86400.") }
        if Catalogue.select(only).isEmpty {
            let known = Catalogue.benchmarks.map(\.name).joined(separator: ", ")
            throw ValidationError("No benchmark is named so; there are \(known).")
        }
    }

    func run() throws {
        let selected = Catalogue.select(only)
        guard !list else {
            for benchmark in selected { print("\(benchmark.name): \(benchmark.about)") }
            return
        }
        let places = Places(program: CommandLine.arguments[0], work: work, peers: peers, darkroom: darkroom)
        let workers = Workers(places)
        defer { workers.close() }
        let limits = Contest.Limits(rounds: rounds, seconds: seconds)
        var failures = 0
        for benchmark in selected {
            for input in benchmark.inputs where self.input.isEmpty || self.input.contains(input.name) {
                let contest = Contest(benchmark: benchmark, input: input, limits: limits, places: places)
                do {
                    try write(contest.run(workers))
                } catch {
                    failures += 1
                    Self.talk("\(benchmark.name), \(input.name): \(error)")
                    // A worker that died or hung must not spoil what comes after it.
                    workers.close()
                }
            }
        }
        if failures > 0 { throw ExitCode(1) }
    }

    private func write(_ rows: [Row]) throws {
        for row in rows {
            if let figures = row.figures {
                Self.talk("\(row.benchmark), \(row.input): \(figures.ratio) of \(row.peer)")
            } else if let reason = row.absence {
                Self.talk("\(row.benchmark), \(row.input): no \(row.peer): \(reason)")
            }
        }
        let text = try rows.map { try RowFile.line($0) + "\n" }.joined()
        guard output != "-" else { return print(text, terminator: "") }
        if !FileManager.default.fileExists(atPath: output) { try Data().write(to: URL(fileURLWithPath: output)) }
        guard let file = FileHandle(forWritingAtPath: output) else { throw Failure("\(output) cannot be written") }
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private static func talk(_ sentence: String) {
        FileHandle.standardError.write(Data((sentence + "\n").utf8))
    }
}
