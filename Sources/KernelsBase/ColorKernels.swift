// SPDX-License-Identifier: Apache-2.0
import CVector

// Four RGBA pixels are one vector of sixteen floats throughout.

typealias Bytes = UnsafePointer<UInt8>
typealias MutableBytes = UnsafeMutablePointer<UInt8>
typealias Floats = UnsafePointer<Float>
typealias MutableFloats = UnsafeMutablePointer<Float>

func linearizeRGBA8(
    _ source: Bytes?, _ target: MutableFloats?, _ count: Int64, _ table: Floats?, _ premultiplies: Int32
) {
    guard let source, let target else { return }
    let done =
        premultiplies != 0
        ? vec_linearize_rgba(source, target, count, table, true)
        : vec_linearize_rgba(source, target, count, table, false)
    if done < count {
        let rest = 4 * (count - done)
        let bytes = vec_load_some16(source + 4 * Int(done), rest)
        let pixels = vec_linear_end(bytes, table, premultiplies != 0)
        vec_store_some_f32x16(pixels, target + 4 * Int(done), rest)
    }
}

func linearizeRGB8(_ source: Bytes?, _ target: MutableFloats?, _ count: Int64, _ table: Floats?) {
    guard let source, let target else { return }
    var i = vec_linearize_rgb(source, target, count, table)
    while i < count {
        let some = min(4, count - i)
        let bytes = vec_unpack_rgb16(vec_load_some16(source + 3 * Int(i), 3 * some))
        let pixels = vec_linear_end(bytes, table, false)
        vec_store_some_f32x16(pixels, target + 4 * Int(i), 4 * some)
        i += some
    }
}

@inline(__always)
func encoded(_ pixels: vec_f32x16, _ table: UnsafePointer<UInt32>?, _ unpremultiplies: Bool) -> vec_u8x16 {
    let color = unpremultiplies ? pixels * vec_reciprocal_or_zero(vec_spread_alpha(pixels)) : pixels
    let share = vec_encode_linear(pixels)
    guard let table else {
        let codes = unpremultiplies ? vec_codes_with_alpha(vec_encode_linear(color), share) : share
        return vec_codes_to_bytes(codes)
    }
    return vec_codes_to_bytes(vec_codes_with_alpha(vec_encode_srgb(color, table), share))
}

func encodeRGBA8(
    _ source: Floats?, _ target: MutableBytes?, _ count: Int64, _ table: UnsafePointer<UInt32>?,
    _ unpremultiplies: Int32
) {
    guard let source, let target else { return }
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
    guard let source, let target else { return }
    let count = Int(count)
    var i = 0
    // A store of sixteen bytes may run four past the pixels' own: those are written again, or there is room.
    while i + 6 <= count {
        let bytes = vec_pack_rgb16(encoded(vec_load_f32x16(source + 4 * i), table, false))
        vec_store16(bytes, target + 3 * i)
        i += 4
    }
    while i < count {
        let some = Int64(min(4, count - i))
        let pixels = vec_load_some_f32x16(source + 4 * i, 4 * some)
        let bytes = vec_pack_rgb16(encoded(pixels, table, false))
        vec_store_some16(bytes, target + 3 * i, 3 * some)
        i += Int(some)
    }
}
