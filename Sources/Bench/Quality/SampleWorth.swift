// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How many samples without denoising give as good a picture.
public struct SampleWorth: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Whether the number is the thing itself or the last that was measured.
    public enum Bound: Int, Sendable {
        case below, exact, above
    }

    public var samples: Double
    public var bound: Bound

    /// Reads a measure off the curve of pictures without denoising: linear between neighbours over the logarithm of
    /// the samples; beyond the curve's ends only the end is told.
    ///
    /// - Parameters:
    ///   - value: a measure that grows with quality.
    ///   - curve: the same measure by samples, in ascending order. One more sample never makes it worse here: where it
    ///     does by chance, the better value before stays.
    /// - Returns: `nil` for an empty curve, and a value that is not a number.
    public init?(of value: Double, on curve: [(samples: Int, value: Double)]) {
        guard let first = curve.first, !value.isNaN else { return nil }
        if value < first.value {
            (samples, bound) = (Double(first.samples), .below)
            return
        }
        var (last, best) = (first.samples, first.value)
        for point in curve.dropFirst() {
            let next = max(best, point.value)
            if value < next {
                let part = best.isFinite && next.isFinite ? (value - best) / (next - best) : 0
                samples = Double(last) * pow(Double(point.samples) / Double(last), part)
                bound = .exact
                return
            }
            (last, best) = (point.samples, next)
        }
        (samples, bound) = (Double(last), value == best ? .exact : .above)
    }

    init(samples: Double, bound: Bound) { (self.samples, self.bound) = (samples, bound) }

    public static func < (a: SampleWorth, b: SampleWorth) -> Bool {
        (a.samples, a.bound.rawValue) < (b.samples, b.bound.rawValue)
    }

    /// Such as `41`, `2.3`, `< 1` or `> 128`.
    public var description: String {
        let rounded = samples < 9.95 ? (samples * 10).rounded() / 10 : samples.rounded()
        let text = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
        return (bound == .exact ? "" : bound == .above ? "> " : "< ") + text
    }
}
