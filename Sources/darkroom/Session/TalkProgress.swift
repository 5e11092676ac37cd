// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Logging
import Synchronization

/// Tells people how a run goes: a bar on a terminal, and a line for what they have to know.
final class TalkProgress: JobProgress {
    private let status: StatusLine
    private let level: Logger.Level
    private let bar = Mutex(ProgressBar())
    private let start = ContinuousClock.now

    init(showsBar: Bool, level: Logger.Level) {
        status = StatusLine(isActive: showsBar)
        self.level = level
    }

    func receive(_ event: JobEvent) {
        switch event {
        case .planned(let items, let pending):
            bar.withLock { bar in
                bar.total = items
                bar.done = items - pending
                bar.unchanged = bar.done
            }
            show()
        case .started(let title, _):
            bar.withLock { $0.current = title }
            say(title, .debug)
            show()
        case .finished(let report): finished(report)
        case .note(let text): say(text, .notice)
        case .ended(let summary): ended(summary)
        }
    }

    private func finished(_ report: ItemReport) {
        bar.withLock { bar in
            // Items that were settled while planning are counted by then already.
            bar.done = min(bar.total, bar.done + (report.result == .unchanged ? 0 : 1))
            if !report.result.isInPlace, report.result != .unsupported { bar.failed += 1 }
        }
        for warning in report.warnings { say("\(report.title): \(warning)", .warning) }
        if report.result.isInPlace {
            say("\(report.title): \(report.outputs.joined(separator: ", "))", report.result == .done ? .info : .debug)
        } else {
            let weight: Logger.Level =
                switch report.result {
                case .unsupported, .interrupted: .info
                case .skippedByLimit: .warning
                default: .error
                }
            say(report.cause ?? "\(report.title): \(report.result.rawValue)", weight)
        }
        show()
    }

    private func ended(_ summary: JobSummary) {
        show(isFinal: true)
        status.finish()
        for error in summary.errors { say(error.message, .error) }
        for extra in summary.extras { say("wrote \(extra)", .info) }
        if summary.isStoppedByFailures {
            say("Stopped early: too many items failed (--max-failures).", .error)
        }
        if summary.isInterrupted {
            say("Interrupted by \(Interruption.signalName ?? "a request"); run it again to go on.", .error)
        }
        say("\(summary.name): \(summary.sentence) in \(ProgressBar.clock(summary.seconds))", .notice)
    }

    private func show(isFinal: Bool = false) {
        let bar = bar.withLock { bar in
            bar.elapsed = (ContinuousClock.now - start) / .seconds(1)
            return bar
        }
        status.show(isFinal: isFinal) { bar.line(columns: $0) }
    }

    private func say(_ text: String, _ weight: Logger.Level) {
        if weight >= level { status.message("darkroom: \(text)") }
    }
}
