// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// How far a run is and how long it will take, told by the items that were drawn: those found unchanged, skipped or
/// failed take no time worth counting.
public struct ProgressEstimate: Sendable {
    /// Items in all, and those that were left to draw.
    public private(set) var items = 0
    public private(set) var pending = 0
    /// Pending items that have ended, and those of them that were drawn.
    public private(set) var ended = 0
    public private(set) var drawn = 0
    public private(set) var failures = 0
    private var isPlanned = false

    public init() {}

    /// Takes an event in.
    public mutating func receive(_ event: JobEvent) {
        switch event {
        case .planned(let items, let pending): (self.items, self.pending, isPlanned) = (items, pending, true)
        case .finished(let report):
            guard isPlanned else { return }
            ended += 1
            if report.result == .done { drawn += 1 }
            if !report.result.isInPlace && report.result != .unsupported { failures += 1 }
        default: break
        }
    }

    /// Seconds that the rest will take, `nil` while nothing was drawn.
    public func remaining(after seconds: Double) -> Double? {
        guard drawn > 0, pending >= ended else { return nil }
        return seconds / Double(drawn) * Double(pending - ended)
    }
}
