// SPDX-License-Identifier: Apache-2.0
import CVector

/// One block of a PNG filter; `left` and `corner` lie a pixel before the block.
@inline(__always)
private func filtered(
    _ filter: Int32, _ here: vec_u8x64, _ left: vec_u8x64, _ up: vec_u8x64, _ corner: vec_u8x64
) -> vec_u8x64 {
    switch filter {
    case 1: vec_sub8(here, left)
    case 2: vec_sub8(here, up)
    case 3: vec_sub8(here, vec_mean8(left, up))
    case 4: vec_sub8(here, vec_paeth8(left, up, corner))
    default: here
    }
}

@inline(__always)
private func filterBlocks(
    _ filter: Int32, _ row: Bytes, _ prior: Bytes, _ target: MutableBytes, _ bytes: Int, _ pixel: Int
) {
    // The first pixel has nothing to its left.
    let head = Int64(min(pixel, bytes))
    let none = vec_splat8(0)
    let first = filtered(filter, vec_load_some64(row, head), none, vec_load_some64(prior, head), none)
    vec_store_some64(first, target, head)
    var i = Int(head)
    while i + 64 <= bytes {
        let block = filtered(
            filter, vec_load64(row + i), vec_load64(row + i - pixel), vec_load64(prior + i),
            vec_load64(prior + i - pixel))
        vec_store64(block, target + i)
        i += 64
    }
    if i < bytes {
        let rest = Int64(bytes - i)
        let block = filtered(
            filter, vec_load_some64(row + i, rest), vec_load_some64(row + i - pixel, rest),
            vec_load_some64(prior + i, rest), vec_load_some64(prior + i - pixel, rest))
        vec_store_some64(block, target + i, rest)
    }
}

func filterRow(
    _ filter: Int32, _ row: Bytes?, _ prior: Bytes?, _ target: MutableBytes?, _ bytes: Int64, _ pixelBytes: Int32
) {
    guard let row, let prior, let target else { return }
    let (bytes, pixel) = (Int(bytes), Int(pixelBytes))
    switch filter {
    case 1: filterBlocks(1, row, prior, target, bytes, pixel)
    case 2: filterBlocks(2, row, prior, target, bytes, pixel)
    case 3: filterBlocks(3, row, prior, target, bytes, pixel)
    case 4: filterBlocks(4, row, prior, target, bytes, pixel)
    default: filterBlocks(0, row, prior, target, bytes, pixel)
    }
}
