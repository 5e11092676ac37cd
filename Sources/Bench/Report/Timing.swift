// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// Times of one thing measured again and again, in seconds.
public struct Timing: Sendable, Hashable {
    /// The times in ascending order.
    public let sorted: [Double]

    public init(_ seconds: [Double]) { sorted = seconds.sorted() }

    /// How many times were taken.
    public var count: Int { sorted.count }

    /// The middle time; the mean of the two in the middle when their number is even; 0 without any.
    public var median: Double { percentile(0.5) }

    /// The time that 95 of 100 stay below.
    public var p95: Double { percentile(0.95) }

    /// The shortest.
    public var minimum: Double { sorted.first ?? 0 }

    /// The longest.
    public var maximum: Double { sorted.last ?? 0 }

    /// The distance between the quartiles as a part of the median: how far the figures can be trusted.
    public var spread: Double { median > 0 ? (percentile(0.75) - percentile(0.25)) / median : 0 }

    /// The time below which a part of all lie, interpolated between neighbours; 0 without any.
    ///
    /// - Parameter part: 0…1.
    public func percentile(_ part: Double) -> Double {
        guard let last = sorted.indices.last else { return 0 }
        let place = min(max(part, 0), 1) * Double(last)
        let below = Int(place)
        let above = min(below + 1, last)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }

    /// Count, median, p95, least, most and spread.
    public var json: JSONValue {
        [
            "count": .int(Int64(count)), "median": .double(median), "p95": .double(p95), "min": .double(minimum),
            "max": .double(maximum), "spread": .double(spread),
        ]
    }
}
