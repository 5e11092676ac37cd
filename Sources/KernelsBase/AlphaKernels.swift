// SPDX-License-Identifier: Apache-2.0
import CVector

// Sixteen RGBA pixels are one vector of 64 bytes; four are one of sixteen floats.

/// Walks over pixels of bytes: whole vectors, then what is left in one vector with zeros behind it. Writes past the caches
/// where `streams` asks for it, as soon as a cache line of the target begins.
@inline(__always)
func forEachBlock(
    _ source: Bytes?, _ target: MutableBytes?, _ count: Int64, streams: Int32 = 0,
    _ change: (_ source: vec_u8x64, _ at: Int, _ bytes: Int64) -> vec_u8x64
) {
    guard let source, let target else { return }
    let size = 4 * Int(count)
    let head = -Int(bitPattern: target) & 63
    var i = 0
    if streams != 0, head & 3 == 0, head + 64 <= size {
        if head > 0 {
            vec_store_some64(change(vec_load_some64(source, Int64(head)), 0, Int64(head)), target, Int64(head))
            i = head
        }
        while i + 64 <= size {
            vec_stream64(change(vec_load64(source + i), i, 64), target + i)
            i += 64
        }
        vec_stream_end()
    }
    while i + 64 <= size {
        vec_store64(change(vec_load64(source + i), i, 64), target + i)
        i += 64
    }
    if i < size {
        let rest = Int64(size - i)
        vec_store_some64(change(vec_load_some64(source + i, rest), i, rest), target + i, rest)
    }
}

/// The same over pixels of floats.
@inline(__always)
private func forEachFloatBlock(
    _ source: Floats?, _ target: MutableFloats?, _ count: Int64,
    _ change: (_ source: vec_f32x16, _ target: MutableFloats, _ floats: Int64) -> vec_f32x16
) {
    guard let source, let target else { return }
    let size = 4 * Int(count)
    var i = 0
    while i + 16 <= size {
        vec_store_f32x16(change(vec_load_f32x16(source + i), target + i, 16), target + i)
        i += 16
    }
    if i < size {
        let rest = Int64(size - i)
        let block = change(vec_load_some_f32x16(source + i, rest), target + i, rest)
        vec_store_some_f32x16(block, target + i, rest)
    }
}

func premultiplyRGBA8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64, _ streams: Int32) {
    forEachBlock(source, target, count, streams: streams) { pixels, _, _ in
        vec_with_alpha8(vec_scale8(pixels, vec_spread_alpha8(pixels)), pixels)
    }
}

func swapRedBlue8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64, _ streams: Int32) {
    forEachBlock(source, target, count, streams: streams) { pixels, _, _ in vec_swap_red_blue8(pixels) }
}

func premultiplyFloat(_ source: Floats?, _ target: MutableFloats?, _ count: Int64) {
    forEachFloatBlock(source, target, count) { pixels, _, _ in
        vec_with_alpha(pixels * vec_spread_alpha(pixels), pixels)
    }
}

func unpremultiplyFloat(_ source: Floats?, _ target: MutableFloats?, _ count: Int64) {
    forEachFloatBlock(source, target, count) { pixels, _, _ in
        vec_with_alpha(pixels * vec_reciprocal_or_zero(vec_spread_alpha(pixels)), pixels)
    }
}

func overFloat(_ top: Floats?, _ target: MutableFloats?, _ count: Int64) {
    forEachFloatBlock(top, target, count) { top, target, floats in
        let bottom = floats == 16 ? vec_load_f32x16(target) : vec_load_some_f32x16(target, floats)
        return top + bottom * (vec_splat(1) - vec_spread_alpha(top))
    }
}

func overColor(_ pixels: MutableFloats?, _ count: Int64, _ red: Float, _ green: Float, _ blue: Float) {
    let color = vec_splat_color(red, green, blue)
    forEachFloatBlock(UnsafePointer(pixels), pixels, count) { top, _, _ in
        top + color * (vec_splat(1) - vec_spread_alpha(top))
    }
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
