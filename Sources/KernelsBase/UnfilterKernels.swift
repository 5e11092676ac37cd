// SPDX-License-Identifier: Apache-2.0
import CVector

func unfilterRow(
    _ filter: Int32, _ filtered: Bytes?, _ row: MutableBytes?, _ prior: Bytes?, _ bytes: Int64, _ pixelBytes: Int32
) {
    guard let filtered, let row, let prior else { return }
    let (bytes, pixel) = (Int(bytes), Int(pixelBytes))
    if filter == 0 || filter == 2 {
        addRow(filter == 2, filtered, row, prior, bytes)
        return
    }
    // A constant pixel size makes each of these a loop of its own.
    switch pixel {
    case 4: unfilterPixels(filter, filtered, row, prior, bytes, 4)
    case 3: unfilterPixels(filter, filtered, row, prior, bytes, 3)
    case 1: unfilterPixels(filter, filtered, row, prior, bytes, 1)
    case 2: unfilterPixels(filter, filtered, row, prior, bytes, 2)
    case 6: unfilterPixels(filter, filtered, row, prior, bytes, 6)
    default: unfilterPixels(filter, filtered, row, prior, bytes, 8)
    }
}

/// The row itself, or with the one above added.
private func addRow(_ adds: Bool, _ filtered: Bytes, _ row: MutableBytes, _ prior: Bytes, _ bytes: Int) {
    var i = 0
    while i + 64 <= bytes {
        let block = vec_load64(filtered + i)
        vec_store64(adds ? vec_add8(block, vec_load64(prior + i)) : block, row + i)
        i += 64
    }
    while i < bytes {
        row[i] = filtered[i] &+ (adds ? prior[i] : 0)
        i += 1
    }
}

@inline(__always)
private func unfilterPixels(
    _ filter: Int32, _ filtered: Bytes, _ row: MutableBytes, _ prior: Bytes, _ bytes: Int, _ pixel: Int
) {
    let size = Int64(pixel)
    var left = vec_pixel_zero()
    var corner = vec_pixel_zero()
    var i = 0
    switch filter {
    case 1:
        while i + pixel <= bytes {
            left = vec_pixel_add(vec_pixel_load(filtered + i, size), left)
            vec_pixel_store(left, row + i, size)
            i += pixel
        }
    case 3:
        while i + pixel <= bytes {
            let up = vec_pixel_load(prior + i, size)
            left = vec_pixel_add(vec_pixel_load(filtered + i, size), vec_pixel_mean(left, up))
            vec_pixel_store(left, row + i, size)
            i += pixel
        }
    default:
        while i + pixel <= bytes {
            let up = vec_pixel_load(prior + i, size)
            left = vec_pixel_add(vec_pixel_load(filtered + i, size), vec_pixel_paeth(left, up, corner))
            corner = up
            vec_pixel_store(left, row + i, size)
            i += pixel
        }
    }
}

/// The second row runs a pixel behind the first, so that the processor works on both chains at once.
func unfilterPaethPair(
    _ first: Bytes?, _ second: Bytes?, _ row: MutableBytes?, _ next: MutableBytes?, _ prior: Bytes?, _ bytes: Int64,
    _ pixelBytes: Int32
) {
    guard let first, let second, let row, let next, let prior else { return }
    let bytes = Int(bytes)
    switch pixelBytes {
    case 4: unfilterPairs(first, second, row, next, prior, bytes, 4)
    case 3: unfilterPairs(first, second, row, next, prior, bytes, 3)
    default:
        unfilterRow(4, first, row, prior, Int64(bytes), pixelBytes)
        unfilterRow(4, second, next, row, Int64(bytes), pixelBytes)
    }
}

@inline(__always)
private func unfilterPairs(
    _ first: Bytes, _ second: Bytes, _ row: MutableBytes, _ next: MutableBytes, _ prior: Bytes, _ bytes: Int,
    _ pixel: Int
) {
    guard bytes >= pixel else { return }
    let size = Int64(pixel)
    // The pixel of the first row that the second works on, the ones before it, and the ones above the first row's.
    var above = vec_pixel_zero()
    var corner = vec_pixel_zero()
    var left = vec_pixel_zero()
    var priorCorner = vec_pixel_load(prior, size)
    above = vec_pixel_add(vec_pixel_load(first, size), priorCorner)
    vec_pixel_store(above, row, size)
    var i = pixel
    while i + pixel <= bytes {
        let up = vec_pixel_load(prior + i, size)
        let here = vec_pixel_add(vec_pixel_load(first + i, size), vec_pixel_paeth(above, up, priorCorner))
        left = vec_pixel_add(vec_pixel_load(second + i - pixel, size), vec_pixel_paeth(left, above, corner))
        vec_pixel_store(here, row + i, size)
        vec_pixel_store(left, next + i - pixel, size)
        (priorCorner, corner, above) = (up, above, here)
        i += pixel
    }
    left = vec_pixel_add(vec_pixel_load(second + i - pixel, size), vec_pixel_paeth(left, above, corner))
    vec_pixel_store(left, next + i - pixel, size)
}
