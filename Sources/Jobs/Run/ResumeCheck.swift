// SPDX-License-Identifier: Apache-2.0
import Codecs

/// Holds a plan against the ledger: what is finished and in place, what failed before, what is left.
struct ResumeCheck {
    let plan: JobPlan
    let ledger: Ledger
    let options: JobRunner.Options
    let tally: Tally

    /// The items to draw, in the plan's order; all others are reported.
    func pending() -> [ItemID] {
        let fingerprinter = Fingerprinter(plan)
        var pending: [ItemID] = []
        var scene = -1
        var inputs: [[String]: [InputState]] = [:]
        for item in plan.items {
            if scene != item.scene { (scene, inputs) = (item.scene, [:]) }
            if let cause = plan.collisions[item] {
                let failure = ItemFailure(stage: "plan", blame: .input, cause)
                tally.record(item, tally.report(item, failure), isTried: false)
                continue
            }
            let report = settled(item) { names in
                if let states = inputs[names] { return states }
                let states = fingerprinter.inputs(plan.scenes[item.scene], sideFiles: names)
                inputs[names] = states
                return states
            } fingerprint: {
                fingerprinter.fingerprint(frame: item.frame, inputs: $0)
            }
            if let report { tally.record(item, report, isTried: false) } else { pending.append(item) }
        }
        return pending
    }

    private func settled(
        _ item: ItemID, inputs: ([String]) -> [InputState], fingerprint: ([InputState]) -> Fingerprint
    ) -> ItemReport? {
        guard plan.file.run.resume, !options.isForced else { return nil }
        for record in ledger.records(plan.key(item)) where fingerprint(inputs(record.sideFiles)) == record.fingerprint {
            if record.result == .done, isInPlace(item, record) { return tally.report(item, .unchanged) }
            if record.result.isRemembered, !options.retriesFailed,
                !(record.result == .emptyFrame && plan.file.run.allowEmpty)
            {
                var report = tally.report(item, record.result)
                (report.stage, report.cause, report.blame) = (record.stage, record.cause, record.blame)
                report.isKnown = true
                return report
            }
        }
        return nil
    }

    private func isInPlace(_ item: ItemID, _ record: LedgerRecord) -> Bool {
        let isMissingFatal = plan.file.sources.missingFiles == .fail || plan.options.isStrict
        if record.missing > 0, isMissingFatal { return false }
        let paths = plan.outputPaths(item)
        guard record.sizes.count == paths.count else { return false }
        return zip(paths, record.sizes).allSatisfy { path, size in
            guard let status = FileSystem.status(path), status.isFile, status.size == size else { return false }
            return !options.verifies || PictureOnDisk.isReadable(path, fingerprint: record.fingerprint)
        }
    }
}
