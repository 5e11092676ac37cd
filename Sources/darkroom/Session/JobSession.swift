// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs

/// Carries out a job from the command line: plans, runs, shows progress, ends with the job's exit code.
struct JobSession {
    var job: JobFile
    var run: RunFlags
    var report: ReportFlags
    var frames: FrameList?
    var publishing: Publishing?
    /// Where failures are noted for file managers.
    var desktop: DesktopCache?
    var stores: StoreFlags?
    /// The stores that the job names, once they are open.
    var stored: StoredFiles?
    /// What standard input held, once it has been read.
    var standardInput: [UInt8]?

    /// Runs the job.
    ///
    /// - Throws: `JobError` before a run, `CommandFailure` with the run's code when it did not end well.
    func run() async throws {
        let session = try await opened()
        defer { session.stored?.close() }
        try await session.runOpened()
    }

    private func runOpened() async throws {
        let plan = try plan()
        let prune = run.prune ? try JobPrune(plan, limit: run.maxPrune ?? .fraction(0.5)) : nil
        if run.dryRun { return try preview(plan, prune) }
        if let prune {
            let count = try await prune.run()
            if count > 0 { StandardStreams.say("darkroom: removed \(count) pictures of models that are gone\n") }
        }
        if let publishing { return try await run(plan, publishing: publishing) }
        let summary = await carryOut(plan)
        guard summary.exitCode == .success else { throw CommandFailure(summary.exitCode, "") }
    }

    /// The job worked out.
    func plan() throws(JobError) -> JobPlan {
        var options = JobPlan.Options(environment: ProcessInfo.processInfo.environment)
        options.isStrict = run.strict
        options.frames = frames
        options.standardInput = { [standardInput] in
            try standardInput ?? [UInt8](FileHandle.standardInput.readToEnd() ?? Data())
        }
        options.stored = stored
        return try JobPlan(job, options: options)
    }

    /// Runs a plan to its end, or until a signal comes; what went wrong has been said when it returns.
    ///
    /// - Parameter progress: what hears of it; `nil` for what the flags say.
    func carryOut(_ plan: JobPlan, progress: (any JobProgress)? = nil) async -> JobSummary {
        var progress = progress ?? display(plan)
        if let desktop { progress = DesktopFailures(desktop, next: progress) }
        let logger = TalkLog.logger(report.logLevel, display: progress)
        var options = options
        options.engine = job.run.device.engine { [progress] in progress.receive(.note($0)) }
        let runner = JobRunner(
            plan: plan, provider: job.provider(for: plan, logger: logger), progress: progress, options: options)
        let wish = Interruption.onRequest { runner.interrupt() }
        defer { wish.withdraw() }
        return await runner.run()
    }

    /// What the flags say of items that an earlier run has ended.
    private var options: JobRunner.Options {
        var options = JobRunner.Options()
        (options.isForced, options.verifies, options.retriesFailed) = (run.force, run.verify, run.retryFailed)
        return options
    }

    /// What tells of a run, as the flags say.
    func display(_ plan: JobPlan) -> any JobProgress { display(name: plan.name, shard: plan.shard) }

    /// What tells of a run of this name.
    func display(name: String, shard: Shard) -> any JobProgress {
        let mode = report.progress.resolved(isTerminal: StandardStreams.errorIsTerminal)
        let say: @Sendable (String) -> Void = { StandardStreams.say($0) }
        if report.logFormat == .json {
            let context = JSONLinesProgress.Context(job: name, shard: shard)
            return JSONLinesProgress(level: report.logLevel, context: context, write: say)
        }
        return mode == .json
            ? JSONLinesProgress(level: report.logLevel, write: say)
            : TalkProgress(showsBar: mode == .bar, level: report.logLevel)
    }

    /// Prints every file that the job would make, a tab, and what it is a picture of; finished ones are counted.
    private func preview(_ plan: JobPlan, _ prune: JobPrune?) throws {
        let work = try WorkLeft(plan, options: options)
        for item in work.pending {
            for path in plan.outputPaths(item) { try StandardStreams.print("\(path)\t\(plan.title(item))") }
        }
        for path in prune?.files ?? [] { StandardStreams.say("darkroom: would remove \(path)\n") }
        for cause in plan.collisions.values.sorted() { StandardStreams.say("darkroom: \(cause)\n") }
        for rejected in plan.rejected { StandardStreams.say("darkroom: \(rejected.cause)\n") }
        var words = "\(work.pending.count) of \(plan.itemCount) pictures of \(plan.scenes.count) scenes to draw"
        if work.finished > 0 { words += ", \(work.finished) finished" }
        if work.failed > 0 { words += ", \(work.failed) failed before" }
        StandardStreams.say("darkroom: \(words)\n")
        if !plan.collisions.isEmpty || !plan.rejected.isEmpty { throw CommandFailure(.partial, "") }
    }
}
