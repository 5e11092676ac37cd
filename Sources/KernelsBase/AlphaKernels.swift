// SPDX-License-Identifier: Apache-2.0
import CVector

// Sixteen RGBA pixels are one vector of 64 bytes; four are one of sixteen floats.

@inline(__always)
private func premultiplied(_ v: vec_u8x64) -> vec_u8x64 {
    vec_with_alpha8(vec_scale8(v, vec_spread_alpha8(v)), v)
}

@inline(__always)
private func forEachBlock(
    _ source: Bytes?, _ target: MutableBytes?, _ count: Int64, _ change: (vec_u8x64) -> vec_u8x64
) {
    guard let source, let target else { return }
    let count = Int(count)
    var i = 0
    while i + 16 <= count {
        vec_store64(change(vec_load64(source + 4 * i)), target + 4 * i)
        i += 16
    }
    if i < count {
        let rest = Int64(4 * (count - i))
        vec_store_some64(change(vec_load_some64(source + 4 * i, rest)), target + 4 * i, rest)
    }
}

func premultiplyRGBA8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64) {
    forEachBlock(source, target, count) { premultiplied($0) }
}

func unpremultiplyRGBA8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64) {
    guard let source, let target else { return }
    let count = Int(count)
    var i = 0
    while i < count {
        let some = Int64(4 * min(4, count - i))
        let bytes = some == 16 ? vec_load16(source + 4 * i) : vec_load_some16(source + 4 * i, some)
        let pixels = vec_bytes_to_float(bytes)
        let scale = vec_reciprocal_or_zero(vec_spread_alpha(pixels))
        let color = vec_encode_linear(pixels * scale)
        let result = vec_codes_to_bytes(vec_codes_with_alpha(color, vec_bytes_to_codes(bytes)))
        if some == 16 {
            vec_store16(result, target + 4 * i)
        } else {
            vec_store_some16(result, target + 4 * i, some)
        }
        i += 4
    }
}

@inline(__always)
private func forEachFloatBlock(
    _ source: Floats?, _ target: MutableFloats?, _ count: Int64, _ change: (vec_f32x16) -> vec_f32x16
) {
    guard let source, let target else { return }
    let count = Int(count)
    var i = 0
    while i + 4 <= count {
        vec_store_f32x16(change(vec_load_f32x16(source + 4 * i)), target + 4 * i)
        i += 4
    }
    if i < count {
        let rest = Int64(4 * (count - i))
        vec_store_some_f32x16(change(vec_load_some_f32x16(source + 4 * i, rest)), target + 4 * i, rest)
    }
}

func premultiplyFloat(_ source: Floats?, _ target: MutableFloats?, _ count: Int64) {
    forEachFloatBlock(source, target, count) { vec_with_alpha($0 * vec_spread_alpha($0), $0) }
}

func unpremultiplyFloat(_ source: Floats?, _ target: MutableFloats?, _ count: Int64) {
    forEachFloatBlock(source, target, count) {
        vec_with_alpha($0 * vec_reciprocal_or_zero(vec_spread_alpha($0)), $0)
    }
}

@inline(__always)
private func over(_ top: vec_u8x64, _ bottom: vec_u8x64) -> vec_u8x64 {
    vec_add_saturating8(top, vec_scale8(bottom, vec_invert8(vec_spread_alpha8(top))))
}

func overRGBA8(_ top: Bytes?, _ target: MutableBytes?, _ count: Int64) {
    guard let top, let target else { return }
    let count = Int(count)
    var i = 0
    while i + 16 <= count {
        vec_store64(over(vec_load64(top + 4 * i), vec_load64(target + 4 * i)), target + 4 * i)
        i += 16
    }
    if i < count {
        let rest = Int64(4 * (count - i))
        let result = over(vec_load_some64(top + 4 * i, rest), vec_load_some64(target + 4 * i, rest))
        vec_store_some64(result, target + 4 * i, rest)
    }
}

@inline(__always)
private func over(_ top: vec_f32x16, _ bottom: vec_f32x16) -> vec_f32x16 {
    top + bottom * (vec_splat(1) - vec_spread_alpha(top))
}

func overFloat(_ top: Floats?, _ target: MutableFloats?, _ count: Int64) {
    guard let top, let target else { return }
    let count = Int(count)
    var i = 0
    while i + 4 <= count {
        vec_store_f32x16(over(vec_load_f32x16(top + 4 * i), vec_load_f32x16(target + 4 * i)), target + 4 * i)
        i += 4
    }
    if i < count {
        let rest = Int64(4 * (count - i))
        let result = over(vec_load_some_f32x16(top + 4 * i, rest), vec_load_some_f32x16(target + 4 * i, rest))
        vec_store_some_f32x16(result, target + 4 * i, rest)
    }
}

func swapRedBlue8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64) {
    forEachBlock(source, target, count) { vec_swap_red_blue8($0) }
}

func dropAlpha8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64) {
    guard let source, let target else { return }
    let count = Int(count)
    var i = 0
    // A store of 64 bytes may run 16 past the pixels' own: those are written again, or there is room.
    while i + 22 <= count {
        vec_store64(vec_pack_rgb(vec_load64(source + 4 * i)), target + 3 * i)
        i += 16
    }
    while i < count {
        let some = Int64(min(16, count - i))
        let packed = vec_pack_rgb(vec_load_some64(source + 4 * i, 4 * some))
        vec_store_some64(packed, target + 3 * i, 3 * some)
        i += Int(some)
    }
}

func addAlpha8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64) {
    guard let source, let target else { return }
    let count = Int(count)
    var i = 0
    while i + 22 <= count {
        vec_store64(vec_unpack_rgb(vec_load64(source + 3 * i)), target + 4 * i)
        i += 16
    }
    while i < count {
        let some = Int64(min(16, count - i))
        let pixels = vec_unpack_rgb(vec_load_some64(source + 3 * i, 3 * some))
        vec_store_some64(pixels, target + 4 * i, 4 * some)
        i += Int(some)
    }
}
