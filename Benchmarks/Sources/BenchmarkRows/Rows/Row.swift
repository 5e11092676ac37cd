// SPDX-License-Identifier: Apache-2.0

/// One benchmark on one input against one peer.
public struct Row: Sendable, Hashable {
    /// What was measured.
    public var benchmark: String
    /// What it was measured on: a kind of frame, a model.
    public var input: String
    /// Whom we are compared with.
    public var peer: String
    public var outcome: Outcome

    /// What came of it.
    public enum Outcome: Sendable, Hashable {
        case measured(Figures)
        /// The peer is not on this machine, and why.
        case absent(String)
    }

    public init(benchmark: String, input: String, peer: String, outcome: Outcome) {
        (self.benchmark, self.input, self.peer, self.outcome) = (benchmark, input, peer, outcome)
    }

    /// The figures, unless the peer is absent.
    public var figures: Figures? {
        guard case .measured(let figures) = outcome else { return nil }
        return figures
    }

    /// Why there are none.
    public var absence: String? {
        guard case .absent(let reason) = outcome else { return nil }
        return reason
    }
}

/// What was measured of both sides in turns.
public struct Figures: Sendable, Hashable, Codable {
    /// Median seconds of our call.
    public var ours: Double
    /// Median seconds of the peer's.
    public var theirs: Double
    /// How many times as fast ours is: the peer's seconds a unit of work over ours.
    public var ratio: Double
    /// Spread of our times: quartile distance over median.
    public var spread: Double
    /// Calls of each side that were timed.
    public var rounds: Int
    /// 10^6 bytes of raw pixels (or samples, or whatever the benchmark counts) a second, ours.
    public var rate: Double
    /// The same of the peer.
    public var peerRate: Double
    /// Bytes of our file over bytes of the peer's.
    public var size: Double?
    /// Allocations of one call of ours.
    public var allocations: Int?
    /// Bytes that one call of ours holds at its peak above what the idle process holds.
    public var peak: Int?
    /// The same of the peer.
    public var peerPeak: Int?

    public init(ours: Side, theirs: Side) {
        (self.ours, self.theirs) = (ours.times.median, theirs.times.median)
        (spread, rounds) = (ours.times.spread, min(ours.times.count, theirs.times.count))
        (rate, peerRate) = (ours.rate / 1e6, theirs.rate / 1e6)
        ratio = theirs.rate > 0 ? ours.rate / theirs.rate : 0
        if let mine = ours.output, let other = theirs.output, other > 0 { size = Double(mine) / Double(other) }
        (allocations, peak, peerPeak) = (ours.allocations, ours.peak, theirs.peak)
    }
}

/// What one side did in its calls.
public struct Side: Sendable, Hashable {
    public var times: Series
    /// Units of work of one call, bytes as a rule.
    public var work: Double
    /// Bytes of the file that a call makes, where it makes one.
    public var output: Int?
    public var allocations: Int?
    public var peak: Int?

    public init(times: Series, work: Double, output: Int? = nil, allocations: Int? = nil, peak: Int? = nil) {
        (self.times, self.work, self.output) = (times, work, output)
        (self.allocations, self.peak) = (allocations, peak)
    }

    /// Work a second; 0 where no time was taken.
    public var rate: Double { times.median > 0 ? work / times.median : 0 }
}
