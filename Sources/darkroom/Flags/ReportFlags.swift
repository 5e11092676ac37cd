// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs
import Logging

/// What a run tells, and where.
struct ReportFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Progress on standard error; auto is a bar on a terminal and JSON lines elsewhere.", valueName: "how"))
    var progress: ProgressMode = .auto

    @Option(
        help: ArgumentHelp(
            "Least weight of a message to be shown.", valueName: "level"))
    var logLevel: Logger.Level = .notice

    @Option(
        help: ArgumentHelp(
            """
            How to talk: text; or json, one object a line with time, level, job and shard, one event an item \
            (default: text).
            """, valueName: "how"))
    var logFormat: LogFormat = .text

    @Option(
        help: ArgumentHelp(
            "Write a report, json=FILE, junit=FILE or html=FILE; may be given several times (default: none).",
            valueName: "kind=file"))
    var report: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write how the run went as Prometheus' text, for a textfile collector (default: none).", valueName: "file"))
    var metricsFile: String?

    @Option(
        help: ArgumentHelp(
            "Folder of the record of finished work (default: .darkroom/ in the output folder).", valueName: "dir"))
    var ledger: String?

    /// The reports asked for, by kind.
    func reports() throws -> [String: String] {
        var files: [String: String] = [:]
        for entry in report {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, ["json", "junit", "html"].contains(parts[0]), !parts[1].isEmpty else {
                throw ValidationError("--report takes json=FILE, junit=FILE or html=FILE, not '\(entry)'.")
            }
            guard files.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw ValidationError("--report \(parts[0])=… was given twice.")
            }
        }
        return files
    }

    func validate() throws { _ = try reports() }

    /// Puts what was given into a job.
    func apply(to job: inout JobFile) throws {
        for (kind, file) in try reports() {
            switch kind {
            case "json": job.report.json = file
            case "junit": job.report.junit = file
            default: job.report.html = file
            }
        }
        if let metricsFile { job.report.metrics = metricsFile }
        if let ledger { job.ledger = ledger }
    }
}
