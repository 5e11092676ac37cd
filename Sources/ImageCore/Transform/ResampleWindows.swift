// SPDX-License-Identifier: Apache-2.0
import CVector

/// For every target sample along one axis, the source samples that make it.
package struct ResampleWindows {
    /// First source sample and weights of one target sample; weights add up to 1.
    package struct Window {
        package var first: Int
        package var weights: [Double]
        /// Windows of the same number have the same weights.
        package var shape: Int

        package var end: Int { first + weights.count }
    }

    package let windows: [Window]

    /// - Parameter filter: widened by the ratio when the target is smaller, so that nothing aliases.
    package init(source: Int, target: Int, filter: ResampleFilter) {
        let ratio = Double(source) / Double(max(1, target))
        let reach = filter.radius * max(1, ratio)
        // Windows that lie in the same way between the samples have the same weights: 3840 to 512 knows two.
        var known: [Int: (shift: Int, window: Window)] = [:]
        windows = (0..<target).map { index in
            let position = (2 * index + 1) * source
            let (whole, phase) = (position / (2 * target), position % (2 * target))
            let center = Double(whole) + Double(phase) / Double(2 * target)
            let isInside = center - reach >= 1 && center + reach <= Double(source - 1)
            if isInside, let (shift, twin) = known[phase] {
                return Window(first: whole + shift, weights: twin.weights, shape: twin.shape)
            }
            let (first, weights) = Self.window(
                center: center, reach: reach, scale: max(1, ratio), source: source, filter)
            let window = Window(first: first, weights: weights, shape: index)
            if isInside { known[phase] = (first - whole, window) }
            return window
        }
    }

    private static func window(
        center: Double, reach: Double, scale: Double, source: Int, _ filter: ResampleFilter
    ) -> (first: Int, weights: [Double]) {
        let low = max(0, Int((center - reach).rounded(.down)))
        let high = min(source, Int((center + reach).rounded(.up)))
        var weights = (low..<max(low + 1, high)).map { filter.weight(at: (Double($0) + 0.5 - center) / scale) }
        if weights.allSatisfy({ $0 == 0 }) { return (min(source - 1, Int(center)), [1]) }
        let leading = weights.prefix { $0 == 0 }.count
        weights.removeFirst(leading)
        while weights.last == 0 { weights.removeLast() }
        let sum = weights.reduce(0, +)
        return (low + leading, weights.map { $0 / sum })
    }

    /// The longest window.
    var longest: Int { windows.map(\.weights.count).max() ?? 0 }

    /// The form that the kernel takes: windows of one length, a multiple of four, padded by weights of 0.
    func packed() -> (windows: [vec_window], weights: [Float], taps: Int) {
        let taps = (longest + 3) / 4 * 4
        var weights: [Float] = []
        var starts: [Int: Int] = [:]
        let packed = windows.map { window in
            if let start = starts[window.shape] {
                return vec_window(first: Int64(window.first), weights: Int64(start))
            }
            let start = weights.count
            weights += window.weights.map { Float($0) }
            weights += repeatElement(0, count: taps - window.weights.count)
            starts[window.shape] = start
            return vec_window(first: Int64(window.first), weights: Int64(start))
        }
        return (packed, weights, taps)
    }
}
