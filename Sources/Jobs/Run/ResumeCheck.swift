// SPDX-License-Identifier: Apache-2.0
import Codecs

/// Holds a plan against its ledger: what is finished and in place, what failed before, what is left.
struct ResumeCheck {
    let plan: JobPlan
    let options: JobRunner.Options
    /// The fingerprints of pictures in stores that were opened and can be read.
    var verified: [String: Fingerprint] = [:]
    /// What is known of an item by its key, the likeliest first.
    let records: (String) -> [LedgerRecord]

    /// The items to draw, in the plan's order; all others are reported.
    func pending(_ tally: Tally) -> [ItemID] {
        var pending: [ItemID] = []
        forEach { item, end in
            switch end {
            case .none: pending.append(item)
            case .collision(let cause):
                let failure = ItemFailure(stage: "plan", blame: .input, cause)
                tally.record(item, tally.report(item, failure), isTried: false)
            case .known(let record):
                tally.record(item, tally.report(item, record), isTried: false)
            }
        }
        return pending
    }

    /// What is known of an item.
    enum End {
        /// Another item would be written to the same file; the sentence names both.
        case collision(String)
        /// Nothing has to be done.
        case known(LedgerRecord)
    }

    /// Goes through all items in the plan's order; `nil` for those that are left to draw.
    func forEach(_ body: (ItemID, End?) -> Void) {
        let fingerprinter = Fingerprinter(plan)
        var scene = -1
        var inputs: [[String]: [InputState]] = [:]
        for item in plan.items {
            if scene != item.scene { (scene, inputs) = (item.scene, [:]) }
            if let cause = plan.collisions[item] {
                body(item, .collision(cause))
                continue
            }
            let known = known(item) { names in
                if let states = inputs[names] { return states }
                let states = fingerprinter.inputs(plan.scenes[item.scene], sideFiles: names)
                inputs[names] = states
                return states
            } fingerprint: {
                fingerprinter.fingerprint(frame: item.frame, inputs: $0)
            }
            body(item, known.map { .known($0) })
        }
    }

    private func known(
        _ item: ItemID, inputs: ([String]) -> [InputState], fingerprint: ([InputState]) -> Fingerprint
    ) -> LedgerRecord? {
        guard plan.file.run.resume, !options.isForced else { return nil }
        return records(plan.key(item)).first { record in
            guard fingerprint(inputs(record.sideFiles)) == record.fingerprint else { return false }
            if record.result == .done { return isInPlace(item, record) }
            if options.takesEveryEnd { return true }
            return record.isRemembered && !options.retriesFailed
                && !(record.result == .emptyFrame && plan.file.run.allowEmpty)
        }
    }

    private func isInPlace(_ item: ItemID, _ record: LedgerRecord) -> Bool {
        let isMissingFatal = plan.file.sources.missingFiles == .fail || plan.options.isStrict
        if record.missing > 0, isMissingFatal { return false }
        let paths = plan.outputPaths(item)
        guard record.sizes.count == paths.count else { return false }
        return zip(paths, record.sizes).allSatisfy { path, size in
            guard let status = plan.status(of: path), status.isFile, status.size == size else { return false }
            guard options.verifies else { return true }
            if StoredFiles.holds(path) { return verified[path] == record.fingerprint }
            return PictureOnDisk.isReadable(path, fingerprint: record.fingerprint)
        }
    }
}
