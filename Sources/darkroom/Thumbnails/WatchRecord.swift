// SPDX-License-Identifier: Apache-2.0
import Jobs
import Synchronization

/// What became of everything that a watch has seen, the last word on each.
final class WatchRecord: Sendable {
    private let reports = Mutex<[String: ItemReport]>([:])
    private let start = ContinuousClock.now

    func take(_ ended: [ItemReport]) {
        reports.withLock { reports in
            for report in ended { reports[report.title] = report }
        }
    }

    /// A summary as a run of all of it would have given, with the exit code for a watch that was told to end.
    func summary(of job: JobFile, failsUnsupported: Bool) -> JobSummary {
        var summary = JobSummary(name: job.name ?? "thumbnails", shard: .whole)
        summary.items = reports.withLock { $0.values.sorted { $0.title < $1.title } }
        summary.seconds = (ContinuousClock.now - start) / .seconds(1)
        summary.isInterrupted = summary.items.contains { $0.result == .interrupted }
        summary.settle(job.run) { _ in failsUnsupported }
        summary.write(job.report)
        return summary
    }
}
