// SPDX-License-Identifier: Apache-2.0

/// Brings the shards of a job together: one ledger, one sheet, one film, one set of reports.
///
///     let summary = await JobMerge(plan: try JobPlan(job)).run()
public struct JobMerge: Sendable {
    private let plan: JobPlan
    private let progress: any JobProgress
    private let options: JobRunner.Options

    /// - Parameters:
    ///   - plan: the whole job; a plan of one shard is refused when it runs.
    ///   - options: `verifies` opens every picture; nothing else counts.
    public init(
        plan: JobPlan, progress: any JobProgress = NoProgress(), options: JobRunner.Options = JobRunner.Options()
    ) {
        (self.plan, self.progress) = (plan, progress)
        var own = JobRunner.Options()
        (own.verifies, own.takesEveryEnd) = (options.verifies, true)
        self.options = own
    }

    /// Joins the ledgers and tells how every item ended.
    ///
    /// An item that no shard has brought to an end, or whose files are gone again, is reported as `interrupted`; then
    /// the ledgers stay apart, neither sheet nor film is made, and the exit code is that of a run to be started again.
    public func run() async -> JobSummary {
        let start = ContinuousClock.now
        var summary = JobSummary(name: plan.name, shard: plan.shard)
        let closing = JobClosing(plan: plan)
        do throws(JobError) {
            guard plan.shard == .whole else {
                throw JobError(.usage, "merge joins the parts of the whole job; leave --shard away")
            }
            let (ledger, files) = try Ledger.survey(plan.file.ledger)
            if let held = files.first(where: \.isHeld) {
                throw JobError(.environment, "shard \(held.shard) is still at work; merge when all have ended")
            }
            let before = Ledger.joined(in: plan.file.ledger)
            let verified = try await plan.prepareCheck(options) { [ledger.record($0)].compactMap(\.self) }
            summary.items =
                await Offload.run { [self] in items(ledger, before: before, verified) } + closing.rejections
            // What is joined weighs in how the next shards share the work: those that have to run again must find the
            // division as it was.
            if !summary.items.contains(where: { $0.result == .interrupted }) {
                try Ledger.join(plan.file.ledger)
                try await plan.saveLedger()
            }
        } catch {
            summary.errors.append(error)
        }
        let missing = summary.items.filter { $0.result == .interrupted }.count
        if missing == 0, summary.errors.isEmpty { await closing.writeExtras(&summary) }
        summary.seconds = (ContinuousClock.now - start) / .seconds(1)
        closing.settle(&summary)
        if missing > 0, summary.errors.isEmpty { summary.exitCode = .interrupted }
        await closing.writeReports(&summary)
        progress.receive(.ended(summary))
        return summary
    }

    /// How every item ended; `before` tells what was so already when the shards began.
    private func items(
        _ ledger: LedgerIndex, before: LedgerIndex, _ verified: [String: Fingerprint]
    ) -> [ItemReport] {
        let tally = Tally(plan, progress: progress)
        let check = ResumeCheck(plan: plan, options: options, verified: verified) {
            [ledger.record($0)].compactMap(\.self)
        }
        tally.tell(.planned(items: plan.itemCount, pending: 0))
        check.forEach { item, end in
            tally.record(item, report(item, end, before: before, tally), isTried: false)
        }
        return tally.reports()
    }

    private func report(_ item: ItemID, _ end: ResumeCheck.End?, before: LedgerIndex, _ tally: Tally) -> ItemReport {
        switch end {
        case .collision(let cause):
            return tally.report(item, ItemFailure(stage: "plan", blame: .input, cause))
        case .known(let record):
            var report = tally.report(item, record)
            let wasSo = before.record(plan.key(item)) == record
            if record.result == .done, !wasSo { report.result = .done }
            report.isKnown = record.result != .done && wasSo
            return report
        case nil:
            return tally.report(
                item,
                ItemFailure(
                    .interrupted, stage: "merge", blame: .environment,
                    "no shard has finished \(plan.title(item)); run the shards again, then merge"))
        }
    }
}
