// SPDX-License-Identifier: Apache-2.0
import CVector

/// A resize at work: source rows come in order, finished target rows go out in order.
///
/// Down first, then across. Every source row is added to the few target rows that need it while it lies in the nearest
/// cache, so no row is kept and none is read twice; the second pass only sees rows that are left.
final class ResampleStage {
    private let plan: ResamplePlan
    private let kernels: vec_kernel_table
    /// Target rows still to be finished.
    private var rows: Range<Int>
    /// Sums of the target rows under way, as wide as the source; row y lies in slot y modulo their number.
    private let sums: RowScratch
    private let slots: Int
    private let line: RowScratch

    /// - Parameters:
    ///   - rows: the target rows wanted.
    ///   - step: how many source rows come at once, at most.
    init(_ plan: ResamplePlan, rows: Range<Int>, step: Int, kernels: vec_kernel_table) {
        (self.plan, self.rows, self.kernels) = (plan, rows, kernels)
        slots = plan.rowsUnderWay(in: rows, step: step)
        sums = RowScratch(width: plan.sourceWidth, rows: slots, spare: plan.taps)
        line = RowScratch(width: plan.width)
    }

    /// Adds a piece of some source rows: RGBA floats of the columns from `column` on.
    func add(_ source: UnsafePointer<Float>, stride: Int, rows piece: Range<Int>, column: Int, count: Int) {
        for y in rows {
            let window = plan.rowWindows[y]
            if window.rows.lowerBound >= piece.upperBound { break }
            let part = window.rows.clamped(to: piece)
            if part.isEmpty { continue }
            plan.rowWeights.withUnsafeBufferPointer { weights in
                guard let weights = weights.baseAddress else { return }
                kernels.resample_column(
                    source + (part.lowerBound - piece.lowerBound) * stride, Int64(stride),
                    weights + window.weights + (part.lowerBound - window.rows.lowerBound), Int64(part.count),
                    sums.row(y % slots) + 4 * column, Int64(4 * count),
                    part.lowerBound == window.rows.lowerBound ? 0 : 1)
            }
        }
    }

    /// Hands out the target rows that need nothing from `row` on; the floats are the receiver's to use up.
    func finish(before row: Int, _ receive: (_ y: Int, _ pixels: UnsafeMutablePointer<Float>) -> Void) {
        while let y = rows.first, plan.rowWindows[y].rows.upperBound <= row {
            kernels.resample_row(
                sums.row(y % slots), line.base, Int64(plan.width), plan.columnWindows, plan.columnWeights,
                Int64(plan.taps))
            receive(y, line.base)
            rows.removeFirst()
        }
    }
}
