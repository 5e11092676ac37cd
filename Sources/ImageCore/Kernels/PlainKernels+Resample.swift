// SPDX-License-Identifier: Apache-2.0
import CVector

extension PlainKernels {
    static func addResample(to table: inout vec_kernel_table) {
        table.resample_row = { source, target, count, windows, weights, taps in
            guard let source, let target, let windows, let weights else { return }
            for i in 0..<Int(count) {
                let window = windows[i]
                var sum = SIMD4<Float>.zero
                for k in 0..<Int(taps) {
                    let pixel = source + 4 * (Int(window.first) + k)
                    let color = SIMD4(pixel[0], pixel[1], pixel[2], pixel[3])
                    sum += color * weights[Int(window.weights) + k]
                }
                for c in 0..<4 { target[4 * i + c] = sum[c] }
            }
        }
        table.resample_column = { source, stride, weights, rows, target, samples, adds in
            guard let source, let weights, let target else { return }
            for x in 0..<Int(samples) {
                if adds == 0 { target[x] = 0 }
                for k in 0..<Int(rows) { target[x] += source[k * Int(stride) + x] * weights[k] }
            }
        }
    }
}
