// SPDX-License-Identifier: Apache-2.0

/// What a run of a plan would find finished and what it would draw, told without writing or drawing anything.
public struct WorkLeft: Sendable {
    /// Items that would be drawn, in the plan's order.
    public private(set) var pending: [ItemID] = []
    /// Items whose files are in place, and those that failed before and would not be tried again.
    public private(set) var finished = 0
    public private(set) var failed = 0
    /// Items that share a file with another one.
    public private(set) var colliding = 0
    let files: [Ledger.ShardFile]

    /// - Parameter options: forced, verifying and retrying runs find more to do.
    /// - Throws: `JobError` for a ledger that cannot be read.
    public init(_ plan: JobPlan, options: JobRunner.Options = JobRunner.Options()) throws(JobError) {
        let (index, files) = try Ledger.survey(plan.file.ledger)
        self.files = files
        let check = ResumeCheck(plan: plan, options: options) { [index.record($0)].compactMap(\.self) }
        var (pending, finished, failed, colliding): ([ItemID], Int, Int, Int) = ([], 0, 0, 0)
        check.forEach { item, end in
            switch end {
            case nil: pending.append(item)
            case .collision: colliding += 1
            case .known(let record): if record.result == .done { finished += 1 } else { failed += 1 }
            }
        }
        (self.pending, self.finished, self.failed, self.colliding) = (pending, finished, failed, colliding)
    }
}
