// SPDX-License-Identifier: Apache-2.0

/// What happens in a run, as it happens.
public enum JobEvent: Sendable {
    /// The plan has been held against the ledger: items in all, and those left to draw.
    case planned(items: Int, pending: Int)
    /// A worker turns to an item.
    case started(title: String, worker: Int)
    /// An item has ended.
    case finished(ItemReport)
    /// Something worth a line: a renderer replaced, a server lost.
    case note(String)
    /// The run is over.
    case ended(JobSummary)
}

/// Hears of a run's events; calls come from any thread, one at a time.
public protocol JobProgress: Sendable {
    func receive(_ event: JobEvent)
}

/// Says nothing.
public struct NoProgress: JobProgress {
    public init() {}
    public func receive(_ event: JobEvent) {}
}
