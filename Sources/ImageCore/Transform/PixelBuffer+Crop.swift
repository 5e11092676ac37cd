// SPDX-License-Identifier: Apache-2.0
import CVector

extension PixelBuffer {
    /// The part of the picture inside a rectangle, which is clipped to the picture.
    public func cropped(x: Int, y: Int, width: Int, height: Int) -> PixelBuffer {
        let columns = clipped(start: x, count: width, to: self.width)
        let rows = clipped(start: y, count: height, to: self.height)
        let result = PixelBuffer(width: columns.count, height: rows.count, format: format)
        guard !columns.isEmpty else { return result }
        let offset = columns.lowerBound * format.bytesPerPixel
        for (line, y) in rows.enumerated() {
            result.row(line).copyMemory(from: row(y) + offset, byteCount: result.rowByteCount)
        }
        return result
    }

    private func clipped(start: Int, count: Int, to extent: Int) -> Range<Int> {
        let low = min(max(start, 0), extent)
        let (end, overflow) = start.addingReportingOverflow(max(0, count))
        let high = overflow ? extent : min(max(end, low), extent)
        return low..<high
    }

    /// The picture with a border.
    ///
    /// - Parameters:
    ///   - left, top, right, bottom: pixels added on each side; negative counts as 0.
    ///   - color: linear straight RGBA of the border; a format without alpha takes its colour alone.
    public func padded(left: Int, top: Int, right: Int, bottom: Int, color: SIMD4<Float>) -> PixelBuffer {
        let (left, top, right, bottom) = (max(0, left), max(0, top), max(0, right), max(0, bottom))
        let result = PixelBuffer(width: width + left + right, height: height + top + bottom, format: format)
        guard result.width > 0, result.height > 0 else { return result }
        result.fill(with: color)
        guard width > 0 else { return result }
        for y in 0..<height {
            (result.row(y + top) + left * format.bytesPerPixel).copyMemory(from: row(y), byteCount: rowByteCount)
        }
        return result
    }

    /// A picture of one colour, linear straight RGBA.
    public init(width: Int, height: Int, format: PixelFormat, filledWith color: SIMD4<Float>) {
        self.init(width: width, height: height, format: format)
        if width > 0, height > 0 { fill(with: color) }
    }

    private func fill(with color: SIMD4<Float>) {
        let scratch = RowScratch(width: width)
        for x in 0..<width {
            for c in 0..<4 { scratch.base[4 * x + c] = color[c] }
        }
        let kernels = KernelSet.current.table
        RowWriter(format, transfer: .linear, premultiplied: false, kernels: kernels)
            .write(scratch.base, count: width, to: base)
        for y in 1..<max(1, height) { row(y).copyMemory(from: base, byteCount: rowByteCount) }
    }
}
