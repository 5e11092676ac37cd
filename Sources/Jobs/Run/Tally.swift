// SPDX-License-Identifier: Apache-2.0
import CSystemShim
import Synchronization

/// Collects how items ended and tells the progress.
final class Tally: Sendable {
    private struct State {
        var reports: [ItemID: ItemReport] = [:]
        var failures = 0
        /// Failures that are not the models' own.
        var breakdowns = 0
        var isOverLimit = false
    }

    private let plan: JobPlan
    private let progress: any JobProgress
    private let state = Mutex(State())

    init(_ plan: JobPlan, progress: any JobProgress) { (self.plan, self.progress) = (plan, progress) }

    /// A report with the item's names filled in.
    func report(_ item: ItemID, _ result: ItemResult) -> ItemReport {
        var report = ItemReport(
            title: plan.title(item), source: plan.scenes[item.scene].source.path, result: result)
        report.frame = plan.frames[item.frame].index
        report.outputs = plan.outputPaths(item)
        return report
    }

    /// A report of an item that is not in place.
    func report(_ item: ItemID, _ failure: ItemFailure) -> ItemReport {
        var report = report(item, failure.result)
        (report.stage, report.cause, report.blame) = (failure.stage, failure.cause, failure.blame)
        return report
    }

    /// A report of an item whose end an earlier run has recorded.
    func report(_ item: ItemID, _ record: LedgerRecord) -> ItemReport {
        if record.result == .done { return report(item, .unchanged) }
        var report = report(item, record.result)
        (report.stage, report.cause, report.blame) = (record.stage, record.cause, record.blame)
        report.isKnown = true
        return report
    }

    /// Takes in how an item ended.
    ///
    /// - Parameter isTried: whether this run tried it, so that it counts for `max-failures`.
    func record(_ item: ItemID, _ report: ItemReport, isTried: Bool = true) {
        state.withLock { state in
            guard state.reports.updateValue(report, forKey: item) == nil, isTried else { return }
            if report.result.isFailure { state.failures += 1 }
            if report.result.isFailure, report.blame != .input { state.breakdowns += 1 }
            state.isOverLimit = state.isOverLimit || isOver(state)
            if state.reports.count.isMultiple(of: Self.itemsBetweenTrims) { Self.trim() }
        }
        tell(.finished(report))
    }

    private static let itemsBetweenTrims = 512

    /// Gives free memory back to the system.
    ///
    /// What stays of each item, up to 4 KiB, lies between the buffers of pictures that are gone; left alone, the
    /// process grows by several times of it.
    private static func trim() { csystemshim_malloc_trim() }

    /// Tells the progress of an event, one at a time.
    func tell(_ event: JobEvent) { telling.withLock { _ in progress.receive(event) } }

    private let telling = Mutex(())

    /// Whether so many items failed that going on makes no sense.
    var isOverLimit: Bool { state.withLock { $0.isOverLimit } }

    /// A percentage means that the machine is wrong, so broken models do not count towards it; a number is a number.
    private func isOver(_ state: State) -> Bool {
        switch plan.file.run.maxFailures {
        case .none: false
        case .count(let count): state.failures > count
        case .fraction(let part):
            state.breakdowns >= 20 && Double(state.breakdowns) > part * Double(plan.itemCount)
        }
    }

    /// Everything reported, in the plan's order.
    func reports() -> [ItemReport] {
        let all = state.withLock { $0.reports }
        return plan.items.compactMap { all[$0] }
    }

    /// Whether an item has ended.
    func hasEnded(_ item: ItemID) -> Bool { state.withLock { $0.reports[item] != nil } }
}
