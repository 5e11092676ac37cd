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

/// Brayns' curve has an encoding of its own, so its codes need no way through light.
@inline(__always)
private func braynsCodes(_ pixels: vec_f32x16, _ exposure: vec_f32x16) -> vec_u8x16 {
    let light = developed(pixels, exposure, 0, true, keepsStraight: true)
    let color = vec_encode_linear(braynsEncoded(light))
    return vec_codes_to_bytes(vec_codes_with_alpha(color, vec_encode_linear(pixels)))
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
    // One loop a curve, so that none decides it for every pixel.
    switch curve {
    case 1: braynsRow(source, target, Int(count), exposure)
    case 2: developRow(source, target, count, exposure, 2, table)
    case 3: developRow(source, target, count, exposure, 3, table)
    default: developRow(source, target, count, exposure, 0, table)
    }
}

@inline(__always)
private func developRow(
    _ source: Floats, _ target: MutableBytes, _ count: Int64, _ exposure: Float, _ curve: Int32,
    _ table: UnsafePointer<UInt32>
) {
    let done = vec_develop_rgba(source, target, count, exposure, curve, table)
    guard done < count else { return }
    let rest = 4 * (count - done)
    let block = vec_load_some_f32x16(source + 4 * Int(done), rest)
    let codes = vec_toned_end(block, vec_splat(exposure), curve, table)
    vec_store_some16(codes, target + 4 * Int(done), rest)
}

@inline(__always)
private func braynsRow(_ source: Floats, _ target: MutableBytes, _ count: Int, _ exposure: Float) {
    let scale = vec_splat(exposure)
    var i = 0
    while i + 4 <= count {
        vec_store16(braynsCodes(vec_load_f32x16(source + 4 * i), scale), target + 4 * i)
        i += 4
    }
    if i < count {
        let rest = Int64(4 * (count - i))
        vec_store_some16(braynsCodes(vec_load_some_f32x16(source + 4 * i, rest), scale), target + 4 * i, rest)
    }
}
