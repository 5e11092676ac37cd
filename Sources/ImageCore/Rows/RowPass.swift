// SPDX-License-Identifier: Apache-2.0
import CVector

/// Carries the rows of one picture into pictures of several sizes: a few rows at a time, in pieces that stay in the
/// nearest cache, so that no float copy of the picture ever exists.
struct RowPass: ~Copyable {
    /// One of the pictures that are made.
    struct Output {
        /// What becomes of the rows.
        enum Way {
            case resized(ResamplePlan)
            /// Developed in the source's own size.
            case sameSize
            /// The source's samples in another format.
            case converted(ConversionPlan)
        }

        let way: Way
        let writer: RowWriter
        /// Linear RGB that it is put over.
        let background: SIMD3<Float>?
        let target: RowAddress

        /// How it is resized, if it is.
        var plan: ResamplePlan? {
            if case .resized(let plan) = way { return plan }
            return nil
        }

        func rows(sourceHeight: Int) -> Int { plan?.height ?? sourceHeight }
    }

    /// Rows and columns of a piece: its floats and a piece of a sum fit into the nearest cache, and a sum is fetched once
    /// for twelve rows.
    static let pieceRows = 12
    private static let pieceColumns = 128

    private let width: Int
    private let format: PixelFormat
    private let reader: PieceReader
    private let outputs: [Output]
    private let stages: [ResampleStage?]
    /// Target rows of each output.
    private let rows: [Range<Int>]
    private let kernels: vec_kernel_table
    /// Whether any output needs the developed floats.
    private let needsFloats: Bool
    private let piece = RowScratch(width: RowPass.pieceColumns, rows: RowPass.pieceRows)
    private let spare: RowScratch

    /// - Parameter rows: of each output, the target rows that this pass makes.
    init(width: Int, reader: PieceReader, outputs: [Output], rows: [Range<Int>], kernels: vec_kernel_table) {
        (self.width, self.reader, self.outputs, self.rows, self.kernels) = (width, reader, outputs, rows, kernels)
        format = reader.format
        stages = zip(outputs, rows).map { output, rows in
            output.plan.map { ResampleStage($0, rows: rows, step: Self.pieceRows, kernels: kernels) }
        }
        needsFloats = outputs.contains {
            if case .converted = $0.way { return false }
            return true
        }
        spare = RowScratch(width: Self.pieceColumns)
    }

    /// The source rows that the target rows are made of.
    func sourceRows() -> Range<Int> {
        let needed = zip(outputs, rows).map { output, rows in output.plan?.sourceRows(for: rows) ?? rows }
            .filter { !$0.isEmpty }
        guard let first = needed.map(\.lowerBound).min(), let last = needed.map(\.upperBound).max() else {
            return 0..<0
        }
        return first..<last
    }

    /// Takes the next source rows; `base` is where the first of them begins.
    func add(_ base: UnsafeRawPointer, stride: Int, rows source: Range<Int>) {
        var y = source.lowerBound
        while y < source.upperBound {
            let group = y..<min(source.upperBound, y + Self.pieceRows)
            add(group, from: base + (y - source.lowerBound) * stride, stride: stride)
            y = group.upperBound
        }
    }

    private func add(_ group: Range<Int>, from base: UnsafeRawPointer, stride: Int) {
        for column in Swift.stride(from: 0, to: width, by: Self.pieceColumns) {
            let count = min(Self.pieceColumns, width - column)
            for k in 0..<(needsFloats ? group.count : 0) {
                reader.read(
                    base + k * stride + column * format.bytesPerPixel, count: count, into: piece.row(k))
            }
            for index in outputs.indices {
                let part = group.clamped(to: rows[index])
                switch outputs[index].way {
                case .resized:
                    stages[index]?.add(piece.base, stride: piece.stride, rows: group, column: column, count: count)
                case .sameSize: copy(part, of: group, column: column, count: count, to: outputs[index])
                case .converted(let plan):
                    for y in part {
                        let source = base + (y - group.lowerBound) * stride + column * format.bytesPerPixel
                        convert(source, by: plan, to: outputs[index], row: y, column: column, count: count)
                    }
                }
            }
        }
        for index in outputs.indices {
            stages[index]?.finish(before: group.upperBound) { y, pixels in
                write(pixels, outputs[index], row: y, column: 0, count: outputs[index].plan?.width ?? 0)
            }
        }
    }

    /// Rows of an output of the source's own size.
    private func copy(_ part: Range<Int>, of group: Range<Int>, column: Int, count: Int, to output: Output) {
        for y in part {
            // The writer uses its pixels up, and other outputs may want them.
            spare.base.update(from: piece.row(y - group.lowerBound), count: 4 * count)
            write(spare.base, output, row: y, column: column, count: count)
        }
    }

    private func convert(
        _ source: UnsafeRawPointer, by plan: ConversionPlan, to output: Output, row: Int, column: Int, count: Int
    ) {
        let target = output.target.row(row) + column * output.writer.format.bytesPerPixel
        if plan.isCopy {
            target.copyMemory(from: source, byteCount: count * format.bytesPerPixel)
        } else {
            plan.reader.read(source, count: count, into: spare.base)
            plan.writer.write(spare.base, count: count, to: target)
        }
    }

    private func write(_ pixels: UnsafeMutablePointer<Float>, _ output: Output, row: Int, column: Int, count: Int) {
        if let background = output.background {
            kernels.over_color(pixels, Int64(count), background.x, background.y, background.z)
        }
        let target = output.target.row(row) + column * output.writer.format.bytesPerPixel
        output.writer.write(pixels, count: count, to: target)
    }
}
