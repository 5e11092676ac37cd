// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Jobs

/// A job file and what replaces its keys, for commands that look at a job as a whole.
struct JobArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The job file.", valueName: "job.yaml"))
    var file: String

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Replace a key of the job, such as ledger=out/.darkroom; may be given several times.",
            valueName: "path=value"))
    var overrides: [String] = []

    /// The job, whole whatever the environment says of shards.
    func job() throws -> JobFile {
        var job = try JobFile.load(
            path: file, overrides: overrides, environment: ProcessInfo.processInfo.environment)
        job.run.shard = .whole
        return job
    }

    /// The job worked out, and the stores that it names, which the caller closes.
    func opened(_ job: JobFile, _ stores: StoreFlags, _ report: ReportFlags? = nil) async throws -> (
        plan: JobPlan, stored: StoredFiles?
    ) {
        var session = JobSession(job: job, run: try RunFlags.parse([]), report: try report ?? ReportFlags.parse([]))
        session.stores = stores
        session = try await session.opened()
        return (try session.plan(), session.stored)
    }
}
