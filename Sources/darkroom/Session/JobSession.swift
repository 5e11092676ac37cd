// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Logging

/// Carries out a job from the command line: plans, runs, shows progress, ends with the job's exit code.
struct JobSession {
    var job: JobFile
    var run: RunFlags
    var report: ReportFlags
    var frames: FrameList?
    var publishing: Publishing?

    /// Runs the job.
    ///
    /// - Throws: `JobError` before a run, `CommandFailure` with the run's code when it did not end well.
    func run() async throws {
        let plan = try plan()
        if run.dryRun { return try preview(plan) }
        if let publishing { return try await run(plan, publishing: publishing) }
        let summary = await carryOut(plan)
        guard summary.exitCode == .success else { throw CommandFailure(summary.exitCode, "") }
    }

    /// The job worked out.
    func plan() throws -> JobPlan {
        var options = JobPlan.Options(environment: ProcessInfo.processInfo.environment)
        options.isStrict = run.strict
        options.frames = frames
        options.standardInput = { [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) }
        return try JobPlan(job, options: options)
    }

    /// Runs a plan to its end, or until a signal comes; what went wrong has been said when it returns.
    ///
    /// - Parameter progress: what hears of it; `nil` for what the flags say.
    func carryOut(_ plan: JobPlan, progress: (any JobProgress)? = nil) async -> JobSummary {
        let progress = progress ?? display()
        var logger = Logger(label: "darkroom.rendering") { _ in ProgressLog(display: progress) }
        logger.logLevel = report.logLevel
        var options = JobRunner.Options()
        (options.isForced, options.verifies, options.retriesFailed) = (run.force, run.verify, run.retryFailed)
        let runner = JobRunner(
            plan: plan, provider: job.provider(for: plan, logger: logger), progress: progress, options: options)
        Interruption.onRequest { runner.interrupt() }
        return await runner.run()
    }

    /// What tells of a run, as the flags say.
    func display() -> any JobProgress {
        let mode = report.progress.resolved(isTerminal: StandardStreams.errorIsTerminal)
        return mode == .json
            ? JSONProgress(level: report.logLevel)
            : TalkProgress(showsBar: mode == .bar, level: report.logLevel)
    }

    /// Prints every file that the job makes, a tab, and what it is a picture of.
    private func preview(_ plan: JobPlan) throws {
        for item in plan.items {
            if let cause = plan.collisions[item] {
                StandardStreams.say("darkroom: \(cause)\n")
                continue
            }
            for path in plan.outputPaths(item) { try StandardStreams.print("\(path)\t\(plan.title(item))") }
        }
        for rejected in plan.rejected { StandardStreams.say("darkroom: \(rejected.cause)\n") }
        StandardStreams.say("darkroom: \(plan.itemCount) pictures of \(plan.scenes.count) scenes\n")
        if !plan.collisions.isEmpty || !plan.rejected.isEmpty { throw CommandFailure(.partial, "") }
    }
}
