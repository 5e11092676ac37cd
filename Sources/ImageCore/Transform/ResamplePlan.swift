// SPDX-License-Identifier: Apache-2.0
import CVector

/// What one resize needs to know before it sees a pixel.
struct ResamplePlan: Sendable {
    /// Source rows of one target row.
    struct RowWindow {
        var rows: Range<Int>
        /// Where the weights begin in `rowWeights`.
        var weights: Int
    }

    let sourceWidth: Int
    let width: Int
    let height: Int
    let rowWindows: [RowWindow]
    let rowWeights: [Float]
    let columnWindows: [vec_window]
    let columnWeights: [Float]
    /// Weights of a column window, surplus included.
    let taps: Int

    init(from source: (width: Int, height: Int), to target: (width: Int, height: Int), filter: ResampleFilter) {
        (sourceWidth, width, height) = (source.width, target.width, target.height)
        (columnWindows, columnWeights, taps) =
            ResampleWindows(source: source.width, target: target.width, filter: filter).packed()
        let down = ResampleWindows(source: source.height, target: target.height, filter: filter)
        var weights: [Float] = []
        var starts: [Int: Int] = [:]
        rowWindows = down.windows.map { window in
            let start = starts[window.shape] ?? weights.count
            if start == weights.count { weights += window.weights.map { Float($0) } }
            starts[window.shape] = start
            return RowWindow(rows: window.first..<window.end, weights: start)
        }
        rowWeights = weights
    }

    /// The source rows that some target rows are made of.
    func sourceRows(for rows: Range<Int>) -> Range<Int> {
        guard let first = rows.first, let last = rows.last else { return 0..<0 }
        return rowWindows[first].rows.lowerBound..<rowWindows[last].rows.upperBound
    }

    /// How many target rows of a range are under way at once when the source comes `step` rows at a time.
    func rowsUnderWay(in rows: Range<Int>, step: Int) -> Int {
        var (most, next) = (1, rows.lowerBound)
        for y in rows {
            let end = rowWindows[y].rows.upperBound + step
            while next < rows.upperBound, rowWindows[next].rows.lowerBound < end { next += 1 }
            most = max(most, next - y)
        }
        return most
    }
}
