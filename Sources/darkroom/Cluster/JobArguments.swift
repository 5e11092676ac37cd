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

    /// The job worked out.
    func plan(_ job: JobFile) throws -> JobPlan {
        var options = JobPlan.Options()
        options.standardInput = { [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) }
        return try JobPlan(job, options: options)
    }
}
