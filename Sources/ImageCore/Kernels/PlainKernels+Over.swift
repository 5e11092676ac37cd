// SPDX-License-Identifier: Apache-2.0
import CVector

extension PlainKernels {
    static func addOverBytes(to table: inout vec_kernel_table) {
        table.over_straight8 = { top, bottom, target, count, linear, codes in
            guard let top, let bottom, let target else { return }
            for i in 0..<Int(count) {
                PlainKernels.over(top + 4 * i, bottom + 4 * i, target + 4 * i, linear: linear, codes: codes)
            }
        }
        table.over_premultiplied8 = { top, bottom, target, count, _ in
            guard let top, let bottom, let target else { return }
            for i in 0..<4 * Int(count) {
                let rest = PlainKernels.scaled(bottom[i], 255 - top[i | 3])
                target[i] = UInt8(min(255, Int(top[i]) + Int(rest)))
            }
        }
    }

    /// One straight pixel over another; clear ones and opaque ones are no matter of arithmetic.
    private static func over(
        _ top: Bytes, _ bottom: Bytes, _ target: MutableBytes, linear: Floats?, codes: UnsafePointer<UInt32>?
    ) {
        if top[3] == 255 || top[3] == 0 {
            let pixel = top[3] == 255 ? top : bottom
            for c in 0..<4 { target[c] = pixel[c] }
            return
        }
        let (above, below) = (Float(top[3]) * (1 / 255), Float(bottom[3]) * (1 / 255))
        let alpha = above + below * (1 - above)
        let scale = 1 / alpha
        for c in 0..<3 {
            let sum = light(top[c], linear) * above + light(bottom[c], linear) * below * (1 - above)
            target[c] = encode(sum * scale, codes)
        }
        target[3] = share(alpha)
    }
}
