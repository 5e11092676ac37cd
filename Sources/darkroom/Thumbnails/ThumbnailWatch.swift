// SPDX-License-Identifier: Apache-2.0
import Jobs
import Logging

/// `darkroom thumbnail --watch`: draws the models of folders as they come and change.
struct ThumbnailWatch {
    var job: JobFile
    var run: RunFlags
    var report: ReportFlags
    var watch: WatchFlags

    /// Watches until a signal comes or the deadline.
    ///
    /// - Throws: `JobError` when a folder is gone or nothing can be drawn at all, `CommandFailure` with the code of
    ///   everything that was seen.
    func run() async throws {
        let record = WatchRecord()
        let folders = FolderWatch(
            job.sources, settle: watch.settle ?? .seconds(2), poll: watch.poll ?? .seconds(30))
        let level = report.logLevel
        try await watch.run {
            try await folders.run(
                ready: { isComplete in
                    if !isComplete, level <= .warning {
                        StandardStreams.say(
                            "darkroom: The system watches no more folders (fs.inotify.max_user_watches): changes in "
                                + "the others are seen every --poll.\n")
                    }
                },
                draw: { try await draw($0, record) })
        }
        let code = record.summary(of: job, failsUnsupported: false).exitCode
        if code != .success { throw CommandFailure(code, "") }
    }

    /// Draws models and tells which to try again: those that were not the models' fault.
    private func draw(_ paths: [String], _ record: WatchRecord) async throws -> Set<String> {
        var round = job
        (round.sources.paths, round.report) = (paths, JobFile.ReportSettings())
        // Found in a folder, though named here one by one.
        if round.sources.unsupported == .auto { round.sources.unsupported = .skip }
        let session = JobSession(job: round, run: run, report: report)
        let plan: JobPlan
        do throws(JobError) {
            plan = try session.plan()
        } catch {
            // They were gone again before their turn came.
            if error.code == .input { return [] }
            throw error
        }
        let summary = await session.carryOut(plan)
        record.take(summary.items)
        if let error = summary.errors.first, error.code == .environment || error.code == .usage { throw error }
        let settled = Set(
            summary.items.filter { $0.result != .interrupted && $0.blame != .remote && $0.blame != .environment }
                .map(\.source))
        return Set(paths).subtracting(settled)
    }
}
