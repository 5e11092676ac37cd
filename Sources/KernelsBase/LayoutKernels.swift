// SPDX-License-Identifier: Apache-2.0
import CVector

// RGB and RGBA bytes. What is to go past the caches begins on a cache line, or goes through them.

func dropAlpha8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64, _ streams: Int32) {
    guard let source, let target else { return }
    let count = Int(count)
    var i = 0
    if streams != 0, Int(bitPattern: target) & 63 == 0 {
        while i + 64 <= count {
            vec_stream_rgb(source + 4 * i, target + 3 * i)
            i += 64
        }
        vec_stream_end()
    }
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

func addAlpha8(_ source: Bytes?, _ target: MutableBytes?, _ count: Int64, _ streams: Int32) {
    guard let source, let target else { return }
    let count = Int(count)
    var i = 0
    if streams != 0, Int(bitPattern: target) & 63 == 0 {
        while i + 22 <= count {
            vec_stream64(vec_unpack_rgb(vec_load64(source + 3 * i)), target + 4 * i)
            i += 16
        }
        vec_stream_end()
    }
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
