// SPDX-License-Identifier: Apache-2.0
import CVector

func overStraight8(
    _ top: Bytes?, _ bottom: Bytes?, _ target: MutableBytes?, _ count: Int64, _ linear: Floats?,
    _ codes: UnsafePointer<UInt32>?
) {
    guard let top, let bottom, let target else { return }
    // Two loops, so that neither asks about the tables for every pixel.
    if let linear, let codes {
        vec_over_rgba(top, bottom, target, count, linear, codes)
    } else {
        vec_over_rgba(top, bottom, target, count, nil, nil)
    }
}

func overPremultiplied8(
    _ top: Bytes?, _ bottom: Bytes?, _ target: MutableBytes?, _ count: Int64, _ streams: Int32
) {
    guard let bottom else { return }
    forEachBlock(top, target, count, streams: streams) { above, i, bytes in
        vec_over_premultiplied8(above, bytes == 64 ? vec_load64(bottom + i) : vec_load_some64(bottom + i, bytes))
    }
}
