// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import JSONRPC
import Jobs

/// `darkroom status`: how far a job in shards is.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tells how far a job is, shard by shard, and what the scheduler says of it.",
        discussion: """
            Ends with 0 when nothing is left to do, with 75 when something is.

            \(ExitTable.text)
            """)

    @OptionGroup var arguments: JobArguments

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Tell again at this pace until nothing is left or the scheduler knows the job no more, such as 10s.",
            valueName: "time"),
        transform: FlagValue.time)
    var follow: Duration?

    @OptionGroup(title: "Stores") var stores: StoreFlags

    func run() async throws {
        let job = try arguments.job()
        while true {
            let (plan, stored) = try await arguments.opened(job, stores)
            defer { stored?.close() }
            let status = try JobStatus(plan)
            let queue = Self.queue(status.submission)
            try StandardStreams.print(json ? Self.object(status, queue).serialized() : Self.text(status, queue))
            let isOver = status.left == 0 && status.parts.isEmpty
            guard let follow, !isOver, Interruption.signalName == nil, queue.map({ !$0.isEmpty }) ?? true else {
                if status.left > 0 { throw CommandFailure(.interrupted, "") }
                return
            }
            try await Interruption.interruptible { try await Task.sleep(for: follow) }
        }
    }

    /// What Slurm's queue says of a submission, one line a task; `nil` where there is no Slurm to ask.
    private static func queue(_ submission: Submission?) -> [String]? {
        guard let submission, SchedulerProgram.path("squeue") != nil else { return nil }
        let jobs = "\(submission.array),\(submission.merge)"
        let format = "%i %j %T %M %R"
        // squeue fails once it has forgotten every job it is asked for.
        let said = try? SchedulerProgram.run("squeue", ["--noheader", "--jobs", jobs, "--format", format])
        return (said ?? "").split(separator: "\n").map(String.init)
    }

    private static func object(_ status: JobStatus, _ queue: [String]?) -> JSONValue {
        var members = status.json.objectValue ?? [:]
        if let queue { members["queue"] = .array(queue.map { .string($0) }) }
        return .object(members)
    }

    private static func text(_ status: JobStatus, _ queue: [String]?) -> String {
        var lines = [
            "\(status.name): \(status.items) pictures, \(status.done) done, \(status.failed) failed, \(status.left) left"
        ]
        for part in status.parts {
            let done = part.counts[.done] ?? 0
            let failed = part.counts.values.reduce(0, +) - done
            let age = part.age.map { "written \(ProgressBar.clock($0)) ago" } ?? "not begun"
            lines.append("  \(part.shard): \(done) of \(part.items) done, \(failed) failed, \(age)")
        }
        if let queue { lines += queue.isEmpty ? ["  not in the queue"] : queue.map { "  \($0)" } }
        return lines.joined(separator: "\n")
    }
}
