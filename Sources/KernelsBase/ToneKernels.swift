// SPDX-License-Identifier: Apache-2.0
import CVector

/// The curves by the numbers of the kernel table.
@inline(__always)
private func toned(_ light: vec_f32x16, _ curve: Int32) -> vec_f32x16 {
    switch curve {
    case 1: return brayns(light)
    case 2:
        let up = light * (light * vec_splat(2.51) + vec_splat(0.03))
        let down = light * (light * vec_splat(2.43) + vec_splat(0.59)) + vec_splat(0.14)
        return vec_minx16(up / down, vec_splat(1))
    case 3: return light / (light + vec_splat(1))
    default: return light
    }
}

/// x^a / (x^(a d) b + c) raised to 1 / 2.2, Brayns' own encoding: exponentials of one logarithm each.
@inline(__always)
private func braynsEncoded(_ light: vec_f32x16) -> vec_f32x16 {
    let log = vec_log2x16(vec_maxx16(light, vec_splat(0x1p-60))) * vec_splat(1.1759)
    let up = vec_exp2x16(log)
    let down = vec_exp2x16(log * vec_splat(0.9746)) * vec_splat(vec_brayns_b) + vec_splat(vec_brayns_c)
    let toned = vec_maxx16(up / down, vec_splat(0x1p-60))
    return vec_exp2x16(vec_log2x16(toned) * vec_splat(1 / 2.2))
}

/// Light that sRGB encodes to what Brayns encodes.
@inline(__always)
private func brayns(_ light: vec_f32x16) -> vec_f32x16 {
    let code = braynsEncoded(light)
    let curved = vec_exp2x16(vec_log2x16((code + vec_splat(0.055)) * vec_splat(1 / 1.055)) * vec_splat(2.4))
    return vec_choose_above(code, vec_splat(0.04045), curved, code * vec_splat(1 / 12.92))
}

@inline(__always)
private func developed(
    _ pixels: vec_f32x16, _ exposure: vec_f32x16, _ curve: Int32, _ isPremultiplied: Bool, keepsStraight: Bool
) -> vec_f32x16 {
    let alpha = vec_spread_alpha(pixels)
    let straight = isPremultiplied ? pixels * vec_reciprocal_or_zero(alpha) : pixels
    // Light that is not a number is none; the largest keeps quotients finite.
    let light = vec_minx16(vec_maxx16(straight * exposure, vec_splat(0)), vec_splat(0x1p60))
    let color = toned(light, curve)
    return vec_with_alpha(isPremultiplied && !keepsStraight ? color * alpha : color, pixels)
}

/// A curve of premultiplied light as one quotient: dividing by alpha first would be a second division, and divisions are
/// what this costs. With light q / a the curves are q (2.51 q + 0.03 a) / (q (2.43 q + 0.59 a) + 0.14 a²) and q / (q + a).
@inline(__always)
private func tonedStraight(_ pixels: vec_f32x16, _ exposure: vec_f32x16, _ curve: Int32) -> vec_f32x16 {
    let alpha = vec_spread_alpha(pixels)
    let light = vec_minx16(vec_maxx16(pixels * exposure, vec_splat(0)), vec_splat(0x1p60))
    var (up, down) = (light, alpha)
    if curve == 2 {
        up = light * vec_multiply_add(light, vec_splat(2.51), alpha * vec_splat(0.03))
        let rest = alpha * (alpha * vec_splat(0.14))
        down = vec_multiply_add(light, vec_multiply_add(light, vec_splat(2.43), alpha * vec_splat(0.59)), rest)
    } else if curve == 3 {
        down = light + alpha
    }
    return vec_choose_above(alpha, vec_splat(0), up / down, vec_splat(0))
}

/// Brayns' curve has an encoding of its own, so its codes need no way through light.
@inline(__always)
private func developedCodes(
    _ pixels: vec_f32x16, _ exposure: vec_f32x16, _ curve: Int32, _ table: UnsafePointer<UInt32>
) -> vec_u8x16 {
    if curve == 1 {
        let light = developed(pixels, exposure, 0, true, keepsStraight: true)
        let color = vec_encode_linear(braynsEncoded(light))
        return vec_codes_to_bytes(vec_codes_with_alpha(color, vec_encode_linear(pixels)))
    }
    return encoded(vec_with_alpha(tonedStraight(pixels, exposure, curve), pixels), table, false)
}

func develop(_ pixels: MutableFloats?, _ count: Int64, _ exposure: Float, _ curve: Int32, _ isPremultiplied: Int32) {
    guard let pixels else { return }
    let (count, premultiplied, scale) = (Int(count), isPremultiplied != 0, vec_splat(exposure))
    var i = 0
    while i < count {
        let some = Int64(4 * min(4, count - i))
        let block = some == 16 ? vec_load_f32x16(pixels + 4 * i) : vec_load_some_f32x16(pixels + 4 * i, some)
        let result = developed(block, scale, curve, premultiplied, keepsStraight: false)
        if some == 16 {
            vec_store_f32x16(result, pixels + 4 * i)
        } else {
            vec_store_some_f32x16(result, pixels + 4 * i, some)
        }
        i += 4
    }
}

func developRGBA8(
    _ source: Floats?, _ target: MutableBytes?, _ count: Int64, _ exposure: Float, _ curve: Int32,
    _ table: UnsafePointer<UInt32>?
) {
    guard let source, let target, let table else { return }
    switch curve {
    case 1: developRows(source, target, Int(count), exposure, 1, table)
    case 2: developRows(source, target, Int(count), exposure, 2, table)
    case 3: developRows(source, target, Int(count), exposure, 3, table)
    default: developRows(source, target, Int(count), exposure, 0, table)
    }
}

/// One loop a curve, so that none decides it for every pixel.
@inline(__always)
private func developRows(
    _ source: Floats, _ target: MutableBytes, _ count: Int, _ exposure: Float, _ curve: Int32,
    _ table: UnsafePointer<UInt32>
) {
    let scale = vec_splat(exposure)
    var i = 0
    while i + 4 <= count {
        vec_store16(developedCodes(vec_load_f32x16(source + 4 * i), scale, curve, table), target + 4 * i)
        i += 4
    }
    if i < count {
        let rest = Int64(4 * (count - i))
        let block = vec_load_some_f32x16(source + 4 * i, rest)
        vec_store_some16(developedCodes(block, scale, curve, table), target + 4 * i, rest)
    }
}
