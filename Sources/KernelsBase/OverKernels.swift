// SPDX-License-Identifier: Apache-2.0
import CVector

func overStraight8(
    _ top: Bytes?, _ bottom: Bytes?, _ target: MutableBytes?, _ count: Int64, _ linear: Floats?,
    _ codes: UnsafePointer<UInt32>?
) {
    guard let top, let bottom, let target else { return }
    if let linear, let codes { return vec_over_rgba_light(top, bottom, target, count, linear, codes) }
    forEachBlock(top, target, count) { above, i, bytes in vec_over_stored64(above, pixels(bottom, i, bytes)) }
}

func overPremultiplied8(
    _ top: Bytes?, _ bottom: Bytes?, _ target: MutableBytes?, _ count: Int64, _ streams: Int32
) {
    guard let bottom else { return }
    forEachBlock(top, target, count, streams: streams) { above, i, bytes in
        vec_over_premultiplied8(above, pixels(bottom, i, bytes))
    }
}

/// Up to 64 bytes from a place on.
@inline(__always)
private func pixels(_ source: Bytes, _ place: Int, _ bytes: Int64) -> vec_u8x64 {
    bytes == 64 ? vec_load64(source + place) : vec_load_some64(source + place, bytes)
}
