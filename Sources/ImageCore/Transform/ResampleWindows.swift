// SPDX-License-Identifier: Apache-2.0
import CVector

/// For every target sample along one axis, the source samples that make it.
struct ResampleWindows {
    /// First source sample and weights of one target sample; weights add up to 1.
    struct Window {
        var first: Int
        var weights: [Double]

        var end: Int { first + weights.count }
    }

    let windows: [Window]

    /// - Parameter filter: widened by the ratio when the target is smaller, so that nothing aliases.
    init(source: Int, target: Int, filter: ResampleFilter) {
        let ratio = Double(source) / Double(max(1, target))
        let scale = max(1, ratio)
        windows = (0..<target).map { index in
            let center = (Double(index) + 0.5) * ratio
            let low = max(0, Int((center - filter.radius * scale).rounded(.down)))
            let high = min(source, Int((center + filter.radius * scale).rounded(.up)))
            var weights = (low..<max(low + 1, high)).map { filter.weight(at: (Double($0) + 0.5 - center) / scale) }
            if weights.allSatisfy({ $0 == 0 }) {
                return Window(first: min(source - 1, Int(center)), weights: [1])
            }
            let leading = weights.prefix { $0 == 0 }.count
            weights.removeFirst(leading)
            while weights.last == 0 { weights.removeLast() }
            let sum = weights.reduce(0, +)
            return Window(first: low + leading, weights: weights.map { $0 / sum })
        }
    }

    /// The longest window.
    var longest: Int { windows.map(\.weights.count).max() ?? 0 }

    /// The form that `resample_row` takes: counts are multiples of four, each weight stored four times over, and
    /// windows with the same weights share them.
    func horizontal() -> (windows: [vec_window], weights: [Float]) {
        var weights: [Float] = []
        var known: [[Double]: Int] = [:]
        let packed = windows.map { window in
            let padded = (window.weights.count + 3) / 4 * 4
            let start =
                known[window.weights]
                ?? {
                    let start = weights.count
                    for k in 0..<padded {
                        let weight = k < window.weights.count ? Float(window.weights[k]) : 0
                        weights.append(contentsOf: repeatElement(weight, count: 4))
                    }
                    known[window.weights] = start
                    return start
                }()
            return vec_window(first: Int32(window.first), count: Int32(padded), weights: Int64(start))
        }
        return (packed, weights)
    }
}
