// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Times of one side of a row, in seconds a call.
public struct Series: Sendable, Hashable {
    private let sorted: [Double]

    public init(_ seconds: [Double]) { sorted = seconds.sorted() }

    /// How many times were taken.
    public var count: Int { sorted.count }

    /// The middle time, the mean of both middle ones when their number is even; 0 without any.
    public var median: Double { quantile(0.5) }

    /// The distance between the quartiles as a part of the median: how far the figure can be trusted.
    public var spread: Double { median > 0 ? (quantile(0.75) - quantile(0.25)) / median : 0 }

    private func quantile(_ part: Double) -> Double {
        guard let last = sorted.indices.last else { return 0 }
        let place = part * Double(last)
        let below = Int(place)
        let above = min(below + 1, last)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
}

/// The geometric mean; `nil` without values or where one is not above zero.
public func geometricMean(_ values: [Double]) -> Double? {
    guard !values.isEmpty, values.allSatisfy({ $0 > 0 }) else { return nil }
    // Multiplied in logarithms: a product of many values leaves what a Double can hold.
    return exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
}
