// SPDX-License-Identifier: Apache-2.0

/// How long an item has been under way, and how long each of its stages may still take.
struct ItemClock: Sendable {
    /// The time a stage may take, and the flag that sets it.
    struct Bound: Sendable {
        var limit: Duration?
        var flag: String
    }

    private let start = ContinuousClock.now
    private let limit: Duration?

    /// Starts now; `limit` is the time from here to the item's files, `nil` for none.
    init(limit: Duration?) { self.limit = limit }

    /// The shorter of a stage's own limit and what is left to the item.
    func bound(_ stage: Duration?, flag: String) -> Bound {
        guard let limit else { return Bound(limit: stage, flag: flag) }
        let left = max(.zero, limit - (ContinuousClock.now - start))
        if let stage, stage <= left { return Bound(limit: stage, flag: flag) }
        return Bound(limit: left, flag: "--timeout-item")
    }

    /// Why the item comes too late by now; `nil` while it is in time.
    func overrun(stage: String, title: String) -> ItemFailure? {
        guard let limit, ContinuousClock.now - start > limit else { return nil }
        return ItemFailure(
            stage: stage, blame: .limits,
            "\(title): took longer than \(Quantity.text(limit)) from its start to its files (--timeout-item sets that)")
    }
}
