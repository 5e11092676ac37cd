// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs

/// `darkroom merge`: the parts of a job made one.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Joins the shards of a job: one ledger, one sheet, one film, one set of reports.",
        discussion: """
            Run it once, when all shards have ended; `darkroom submit --slurm` does. Items that no shard has finished, \
            or whose files are gone, are named, and the command ends with 75: run the shards again, then merge.

            \(ExitTable.text)
            """)

    @OptionGroup var arguments: JobArguments

    @Flag(help: "Open every finished picture, and count those as missing that are not whole.")
    var verify = false

    @OptionGroup(title: "Reports") var report: ReportFlags
    @OptionGroup(title: "Stores") var stores: StoreFlags

    func run() async throws {
        var job = try arguments.job()
        try report.apply(to: &job)
        var options = JobRunner.Options()
        options.verifies = verify
        let session = JobSession(job: job, run: try RunFlags.parse([]), report: report)
        let (plan, stored) = try await arguments.opened(job, stores, report)
        defer { stored?.close() }
        let merge = JobMerge(plan: plan, progress: session.display(plan), options: options)
        let summary = await merge.run()
        guard summary.exitCode == .success else { throw CommandFailure(summary.exitCode, "") }
    }
}
