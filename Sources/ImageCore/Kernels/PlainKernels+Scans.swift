// SPDX-License-Identifier: Apache-2.0
import CVector

extension PlainKernels {
    static func addScans(to table: inout vec_kernel_table) {
        table.scan_rgba8 = { source, count, found in
            guard let source, let found else { return }
            var low = SIMD4<UInt8>(repeating: 255)
            var high = SIMD4<UInt8>(repeating: 0)
            var sum = SIMD4<Double>.zero
            for i in 0..<Int(count) {
                for c in 0..<4 {
                    let value = source[4 * i + c]
                    (low[c], high[c]) = (min(low[c], value), max(high[c], value))
                    sum[c] += Double(value)
                }
            }
            let (least, most) = (SIMD4<Float>(low), SIMD4<Float>(high))
            found.pointee = vec_statistics(
                minimum: (least.x, least.y, least.z, least.w), maximum: (most.x, most.y, most.z, most.w),
                sum: (sum.x, sum.y, sum.z, sum.w), not_numbers: 0)
        }
        table.difference8 = { a, b, count, squared, absolute, largest in
            guard let a, let b, let squared, let absolute, let largest else { return }
            (squared.pointee, absolute.pointee, largest.pointee) = (0, 0, 0)
            for i in 0..<Int(count) {
                let distance = a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]
                squared.pointee += UInt64(distance) * UInt64(distance)
                absolute.pointee += UInt64(distance)
                largest.pointee = max(largest.pointee, distance)
            }
        }
    }
}
