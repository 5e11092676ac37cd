// SPDX-License-Identifier: Apache-2.0
import CVector

extension PlainKernels {
    static func addColor(to table: inout vec_kernel_table) {
        table.linearize_rgba8 = { source, target, count, table, premultiplies in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                let alpha = Float(source[4 * i + 3]) * (1 / 255)
                for c in 0..<3 {
                    let light = PlainKernels.light(source[4 * i + c], table)
                    target[4 * i + c] = premultiplies != 0 ? light * alpha : light
                }
                target[4 * i + 3] = alpha
            }
        }
        table.linearize_rgb8 = { source, target, count, table in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                for c in 0..<3 { target[4 * i + c] = PlainKernels.light(source[3 * i + c], table) }
                target[4 * i + 3] = 1
            }
        }
        table.encode_rgba8 = { source, target, count, table, unpremultiplies in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                let alpha = source[4 * i + 3]
                let scale = unpremultiplies == 0 ? 1 : alpha > 0 ? 1 / alpha : 0
                for c in 0..<3 { target[4 * i + c] = PlainKernels.encode(source[4 * i + c] * scale, table) }
                target[4 * i + 3] = PlainKernels.share(alpha)
            }
        }
        table.encode_rgb8 = { source, target, count, table in
            guard let source, let target else { return }
            for i in 0..<Int(count) {
                for c in 0..<3 { target[3 * i + c] = PlainKernels.encode(source[4 * i + c], table) }
            }
        }
        table.develop = { pixels, count, exposure, curve, isPremultiplied in
            guard let pixels else { return }
            for i in 0..<Int(count) {
                let alpha = pixels[4 * i + 3]
                let scale = isPremultiplied == 0 ? 1 : alpha > 0 ? 1 / alpha : 0
                for c in 0..<3 {
                    let color = PlainKernels.toned(pixels[4 * i + c] * scale * exposure, curve)
                    pixels[4 * i + c] = isPremultiplied == 0 ? color : color * alpha
                }
            }
        }
        table.develop_rgba8 = { source, target, count, exposure, curve, table in
            guard let source, let target, let table else { return }
            for i in 0..<Int(count) {
                let alpha = source[4 * i + 3]
                let scale = alpha > 0 ? 1 / alpha : 0
                for c in 0..<3 {
                    let light = source[4 * i + c] * scale * exposure
                    target[4 * i + c] =
                        curve == 1
                        ? PlainKernels.share(ToneMapping.braynsEncoded(PlainKernels.toned(light, 0)))
                        : PlainKernels.encode(PlainKernels.toned(light, curve), table)
                }
                target[4 * i + 3] = PlainKernels.share(alpha)
            }
        }
    }

    /// Light through a curve by its number in the kernel table; light that is not a number is none.
    static func toned(_ light: Float, _ curve: Int32) -> Float {
        let light = light > 0 ? min(light, 0x1p60) : 0
        switch curve {
        case 1: return SRGB.linear(ToneMapping.braynsEncoded(light))
        case 2: return ToneMapping.filmic(light)
        case 3: return ToneMapping.reinhard(light)
        default: return light
        }
    }

    /// The sRGB code of light, by the piecewise linear table; without one the code of a share.
    static func encode(_ light: Float, _ table: UnsafePointer<UInt32>?) -> UInt8 {
        guard let table else { return share(light) }
        let least: Float = 0x1p-13
        let most: Float = 0x1.fffffep-1
        let clamped = light > least ? (light < most ? light : most) : least
        let bits = clamped.bitPattern
        let entry = table[Int((bits - 114 << 23) >> 20)]
        return UInt8((((entry >> 16) << 9) + (entry & 0xFFFF) * ((bits >> 12) & 0xFF)) >> 16)
    }

    /// The value of a code; without a table 255 is 1.
    static func light(_ code: UInt8, _ table: UnsafePointer<Float>?) -> Float {
        table.map { $0[Int(code)] } ?? Float(code) * (1 / 255)
    }

    /// The code of a linear share 0…1.
    static func share(_ value: Float) -> UInt8 {
        let clamped = value > 0 ? min(value, 1) : 0
        return UInt8(clamped * 255 + 0.5)
    }
}
