// SPDX-License-Identifier: Apache-2.0
import CVector

extension PlainKernels {
    static func addAlpha(to table: inout vec_kernel_table) {
        addAlphaBytes(to: &table)
        addLayouts(to: &table)
        addOverColor(to: &table)
        addOverBytes(to: &table)
        table.premultiply_float = { source, target, count in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                let alpha = source[4 * i + 3]
                for c in 0..<3 { target[4 * i + c] = source[4 * i + c] * alpha }
                target[4 * i + 3] = alpha
            }
        }
        table.unpremultiply_float = { source, target, count in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                let alpha = source[4 * i + 3]
                let scale = alpha > 0 ? 1 / alpha : 0
                for c in 0..<3 { target[4 * i + c] = source[4 * i + c] * scale }
                target[4 * i + 3] = alpha
            }
        }
        table.over_float = { top, target, count in
            guard let top, let target else { return }
            for i in 0..<Int(count) {
                let rest = 1 - top[4 * i + 3]
                for c in 0..<4 { target[4 * i + c] = top[4 * i + c] + target[4 * i + c] * rest }
            }
        }
    }

    private static func addOverColor(to table: inout vec_kernel_table) {
        table.over_color = { pixels, count, red, green, blue in
            guard let pixels else { return }
            let color = SIMD4(red, green, blue, 1)
            for i in 0..<Int(count) {
                let rest = 1 - pixels[4 * i + 3]
                for c in 0..<4 { pixels[4 * i + c] += color[c] * rest }
            }
        }
    }

    private static func addAlphaBytes(to table: inout vec_kernel_table) {
        table.premultiply_rgba8 = { source, target, count, _ in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                let alpha = source[4 * i + 3]
                for c in 0..<3 { target[4 * i + c] = PlainKernels.scaled(source[4 * i + c], alpha) }
                target[4 * i + 3] = alpha
            }
        }
        table.unpremultiply_rgba8 = { source, target, count in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                let alpha = source[4 * i + 3]
                let scale = alpha > 0 ? 1 / Float(alpha) : 0
                for c in 0..<3 { target[4 * i + c] = PlainKernels.share(Float(source[4 * i + c]) * scale) }
                target[4 * i + 3] = alpha
            }
        }
    }

    private static func addLayouts(to table: inout vec_kernel_table) {
        table.drop_alpha8 = { source, target, count, _ in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                for c in 0..<3 { target[3 * i + c] = source[4 * i + c] }
            }
        }
        table.add_alpha8 = { source, target, count, _ in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                for c in 0..<3 { target[4 * i + c] = source[3 * i + c] }
                target[4 * i + 3] = 255
            }
        }
        table.swap_red_blue8 = { source, target, count, _ in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                let pixel = (source[4 * i], source[4 * i + 1], source[4 * i + 2], source[4 * i + 3])
                (target[4 * i], target[4 * i + 1], target[4 * i + 2], target[4 * i + 3]) =
                    (pixel.2, pixel.1, pixel.0, pixel.3)
            }
        }
    }

    /// a * b / 255, rounded.
    static func scaled(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((2 * Int(a) * Int(b) + 255) / 510) }
}
