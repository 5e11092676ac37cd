// SPDX-License-Identifier: Apache-2.0
import CVector

/// Every kernel once more, a sample at a time: what the vector builds are tested against.
enum PlainKernels {
    typealias Bytes = UnsafePointer<UInt8>
    typealias MutableBytes = UnsafeMutablePointer<UInt8>
    typealias Floats = UnsafePointer<Float>
    typealias MutableFloats = UnsafeMutablePointer<Float>

    static func makeTable() -> vec_kernel_table {
        var table = vec_kernel_table()
        addColor(to: &table)
        addAlpha(to: &table)
        addResample(to: &table)
        addScans(to: &table)
        addFilters(to: &table)
        addTokens(to: &table)
        addDenoise(to: &table)
        return table
    }
}
