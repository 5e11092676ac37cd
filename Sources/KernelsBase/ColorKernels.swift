// SPDX-License-Identifier: Apache-2.0
import CVector

// Four RGBA pixels are one vector of sixteen floats throughout.

typealias Bytes = UnsafePointer<UInt8>
typealias MutableBytes = UnsafeMutablePointer<UInt8>
typealias Floats = UnsafePointer<Float>
typealias MutableFloats = UnsafeMutablePointer<Float>

@inline(__always)
private func linear(_ bytes: vec_u8x16, _ table: Floats, _ premultiplies: Bool) -> vec_f32x16 {
    let alpha = vec_bytes_to_float(bytes) * vec_splat(1 / 255)
    let color = vec_lookup256(bytes, table)
    return vec_with_alpha(premultiplies ? color * vec_spread_alpha(alpha) : color, alpha)
}

func linearizeRGBA8(
    _ source: Bytes?, _ target: MutableFloats?, _ count: Int64, _ table: Floats?, _ premultiplies: Int32
) {
    guard let source, let target, let table else { return }
    let (count, premultiplies) = (Int(count), premultiplies != 0)
    var i = 0
    while i + 4 <= count {
        vec_store_f32x16(linear(vec_load16(source + 4 * i), table, premultiplies), target + 4 * i)
        i += 4
    }
    if i < count {
        let rest = Int64(4 * (count - i))
        let pixels = linear(vec_load_some16(source + 4 * i, rest), table, premultiplies)
        vec_store_some_f32x16(pixels, target + 4 * i, rest)
    }
}

func linearizeRGB8(_ source: Bytes?, _ target: MutableFloats?, _ count: Int64, _ table: Floats?) {
    guard let source, let target, let table else { return }
    let count = Int(count)
    var i = 0
    // A load takes sixteen bytes of which twelve are used.
    while i + 6 <= count {
        let bytes = vec_unpack_rgb16(vec_load16(source + 3 * i))
        vec_store_f32x16(linear(bytes, table, false), target + 4 * i)
        i += 4
    }
    while i < count {
        let some = min(4, count - i)
        let bytes = vec_unpack_rgb16(vec_load_some16(source + 3 * i, Int64(3 * some)))
        vec_store_some_f32x16(linear(bytes, table, false), target + 4 * i, Int64(4 * some))
        i += some
    }
}

@inline(__always)
func encoded(_ pixels: vec_f32x16, _ table: UnsafePointer<UInt32>, _ unpremultiplies: Bool) -> vec_u8x16 {
    let color = unpremultiplies ? pixels * vec_reciprocal_or_zero(vec_spread_alpha(pixels)) : pixels
    return vec_codes_to_bytes(vec_codes_with_alpha(vec_encode_srgb(color, table), vec_encode_linear(pixels)))
}

func encodeRGBA8(
    _ source: Floats?, _ target: MutableBytes?, _ count: Int64, _ table: UnsafePointer<UInt32>?,
    _ unpremultiplies: Int32
) {
    guard let source, let target, let table else { return }
    let (count, unpremultiplies) = (Int(count), unpremultiplies != 0)
    var i = 0
    while i + 4 <= count {
        vec_store16(encoded(vec_load_f32x16(source + 4 * i), table, unpremultiplies), target + 4 * i)
        i += 4
    }
    if i < count {
        let rest = Int64(4 * (count - i))
        let bytes = encoded(vec_load_some_f32x16(source + 4 * i, rest), table, unpremultiplies)
        vec_store_some16(bytes, target + 4 * i, rest)
    }
}

func encodeRGB8(
    _ source: Floats?, _ target: MutableBytes?, _ count: Int64, _ table: UnsafePointer<UInt32>?
) {
    guard let source, let target, let table else { return }
    let count = Int(count)
    var i = 0
    while i < count {
        let some = Int64(min(4, count - i))
        let pixels = vec_load_some_f32x16(source + 4 * i, 4 * some)
        let bytes = vec_pack_rgb16(vec_codes_to_bytes(vec_encode_srgb(pixels, table)))
        vec_store_some16(bytes, target + 3 * i, 3 * some)
        i += Int(some)
    }
}
