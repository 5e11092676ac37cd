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

func unfilterRow(_ filter: Int32, _ row: MutableBytes?, _ prior: Bytes?, _ bytes: Int64, _ pixelBytes: Int32) {
    guard let row, let prior else { return }
    let (bytes, pixel) = (Int(bytes), Int(pixelBytes))
    switch (filter, pixel) {
    case (0, _): break
    case (2, _): addRow(row, prior, bytes)
    case (1...4, 4): unfilterPixels4(filter, row, prior, bytes)
    case (1...4, 3): unfilterPixels3(filter, row, prior, bytes)
    default: unfilterBytes(filter, row, prior, bytes, pixel)
    }
}

private func addRow(_ row: MutableBytes, _ prior: Bytes, _ bytes: Int) {
    var i = 0
    while i + 64 <= bytes {
        vec_store64(vec_add8(vec_load64(row + i), vec_load64(prior + i)), row + i)
        i += 64
    }
    while i < bytes {
        row[i] &+= prior[i]
        i += 1
    }
}

/// A pixel at a time in the low lanes of a register: each needs the one before.
private func unfilterPixels4(_ filter: Int32, _ row: MutableBytes, _ prior: Bytes, _ bytes: Int) {
    var left = vec_pixel_zero()
    var corner = vec_pixel_zero()
    var i = 0
    switch filter {
    case 1:
        while i + 4 <= bytes {
            left = vec_pixel_add(vec_pixel_load4(row + i), left)
            vec_pixel_store4(left, row + i)
            i += 4
        }
    case 3:
        while i + 4 <= bytes {
            left = vec_pixel_add(vec_pixel_load4(row + i), vec_pixel_mean(left, vec_pixel_load4(prior + i)))
            vec_pixel_store4(left, row + i)
            i += 4
        }
    default:
        while i + 4 <= bytes {
            let up = vec_pixel_load4(prior + i)
            left = vec_pixel_add(vec_pixel_load4(row + i), vec_pixel_paeth(left, up, corner))
            corner = up
            vec_pixel_store4(left, row + i)
            i += 4
        }
    }
}

private func unfilterPixels3(_ filter: Int32, _ row: MutableBytes, _ prior: Bytes, _ bytes: Int) {
    var left = vec_pixel_zero()
    var corner = vec_pixel_zero()
    var i = 0
    while i + 3 <= bytes {
        let up = vec_pixel_load3(prior + i)
        let guess =
            switch filter {
            case 1: left
            case 3: vec_pixel_mean(left, up)
            default: vec_pixel_paeth(left, up, corner)
            }
        left = vec_pixel_add(vec_pixel_load3(row + i), guess)
        corner = up
        vec_pixel_store3(left, row + i)
        i += 3
    }
}

private func unfilterBytes(_ filter: Int32, _ row: MutableBytes, _ prior: Bytes, _ bytes: Int, _ pixel: Int) {
    var i = 0
    while i < bytes {
        let left = i >= pixel ? Int(row[i - pixel]) : 0
        let corner = i >= pixel ? Int(prior[i - pixel]) : 0
        let up = Int(prior[i])
        let guess: Int
        switch filter {
        case 1: guess = left
        case 3: guess = (left + up) >> 1
        default:
            let (a, b) = (abs(up - corner), abs(left - corner))
            let c = abs(left + up - 2 * corner)
            guess = a <= b && a <= c ? left : b <= c ? up : corner
        }
        row[i] = row[i] &+ UInt8(truncatingIfNeeded: guess)
        i += 1
    }
}
