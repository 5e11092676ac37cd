// SPDX-License-Identifier: Apache-2.0
import CVector
import ImageCore

/// Turns filtered rows back into samples, from the top down.
struct PNGUnfilter {
    let rowBytes: Int
    let pixelBytes: Int
    private let kernels = KernelSet.current.table
    private let zeros: [UInt8]

    init(rowBytes: Int, pixelBytes: Int) {
        (self.rowBytes, self.pixelBytes) = (rowBytes, pixelBytes)
        zeros = [UInt8](repeating: 0, count: rowBytes)
    }

    /// Undoes the filters of `count` rows; false when a row names a filter that PNG has not.
    ///
    /// - Parameters:
    ///   - filtered: rows of `rowBytes` bytes, each behind its filter's number.
    ///   - target: where samples go, `stride` bytes from row to row.
    ///   - prior: the samples above the first row; none above the first of a picture.
    func run(
        _ filtered: UnsafePointer<UInt8>, count: Int, into target: UnsafeMutablePointer<UInt8>, stride: Int,
        prior: UnsafePointer<UInt8>?
    ) -> Bool {
        zeros.withUnsafeBufferPointer { zeros in
            guard var prior = prior ?? zeros.baseAddress else { return false }
            var y = 0
            while y < count {
                let source = filtered + y * (rowBytes + 1)
                let row = target + y * stride
                let next = source + rowBytes + 1
                if y + 1 < count, source[0] == 4, next[0] == 4 {
                    kernels.unfilter_paeth_pair(
                        source + 1, next + 1, row, row + stride, prior, Int64(rowBytes), Int32(pixelBytes))
                    prior = UnsafePointer(row + stride)
                    y += 2
                    continue
                }
                guard source[0] <= 4 else { return false }
                kernels.unfilter_row(
                    Int32(source[0]), source + 1, row, prior, Int64(rowBytes), Int32(pixelBytes))
                prior = UnsafePointer(row)
                y += 1
            }
            return true
        }
    }
}
