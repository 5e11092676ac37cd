// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An axis of powers of ten, as long as its values need.
struct LogAxis {
    /// Logarithms to base 10 of the ends.
    let low: Double
    let high: Double

    /// An axis that holds all values above 0, its ends at 1, 2 or 5 times a power of ten.
    init(_ values: [Double]) {
        let logs = values.filter { $0 > 0 && $0.isFinite }.map(log10)
        let (least, most) = (logs.min() ?? 0, logs.max() ?? 1)
        low = Self.steps.last { $0 <= least - 0.02 } ?? floor(least)
        high = Self.steps.first { $0 >= most + 0.02 } ?? ceil(most)
    }

    /// Logarithms at which an axis may end.
    private static let steps = (-15..<9).flatMap { power in [1.0, 2, 5].map { Double(power) + log10($0) } }

    /// Where a value lies, from 0 to 1; what has no logarithm lies at the low end.
    func place(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return value > 0 ? 1 : 0 }
        return min(1, max(0, (log10(value) - low) / (high - low)))
    }

    /// The powers of ten on it, and where there are fewer than two, also 2 and 5 times them.
    var ticks: [Double] {
        let powers = Self.steps.filter { $0 >= low - 1e-9 && $0 <= high + 1e-9 }
        let whole = powers.filter { abs($0 - $0.rounded()) < 1e-9 }
        return (whole.count < 2 ? powers : whole).map { pow(10, $0) }
    }

    /// A tick in words, such as 0.001, 20 or 1e-06.
    static func text(_ value: Double) -> String { String(format: "%g", value) }
}
