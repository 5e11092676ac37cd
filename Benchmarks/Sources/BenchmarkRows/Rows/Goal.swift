// SPDX-License-Identifier: Apache-2.0

/// What a benchmark is to reach against one peer, in the geometric mean of its inputs.
public struct Goal: Sendable, Hashable {
    public var benchmark: String
    public var peer: String
    /// Times as fast as the peer, at least.
    public var ratio: Double
    /// Bytes over the peer's bytes, at most.
    public var size: Double?
    /// Bytes above the idle process, at most.
    public var peak: Int?

    public init(_ benchmark: String, against peer: String, ratio: Double, size: Double? = nil, peak: Int? = nil) {
        (self.benchmark, self.peer, self.ratio, self.size, self.peak) = (benchmark, peer, ratio, size, peak)
    }

    /// What is known of a goal.
    public enum Verdict: String, Sendable, Hashable {
        case met
        case missed = "not met"
        case unknown = "not measured"
    }

    /// Whether a summary meets this goal in everything that it asks.
    public func verdict(_ summary: Summary) -> Verdict {
        guard let reached = summary.ratio else { return .unknown }
        if reached < ratio { return .missed }
        if let size {
            guard let written = summary.size else { return .unknown }
            if written > size { return .missed }
        }
        if let peak {
            guard let held = summary.peak else { return .unknown }
            if held > peak { return .missed }
        }
        return .met
    }

    /// The goal in few words.
    public var text: String {
        var parts = ["≥ \(Figure.ratio(ratio))"]
        if let size { parts.append("size ≤ \(Figure.size(size))") }
        if let peak { parts.append("≤ \(Figure.megabytes(peak))") }
        return parts.joined(separator: ", ")
    }
}
