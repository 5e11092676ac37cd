// SPDX-License-Identifier: Apache-2.0
import CVector

/// What a row costs under each of the five filters.
private struct FilterCosts {
    let small: vec_u8x64
    let large: vec_u8x64
    var none = vec_zero64x8()
    var left = vec_zero64x8()
    var up = vec_zero64x8()
    var mean = vec_zero64x8()
    var paeth = vec_zero64x8()

    @inline(__always)
    init(_ costs: Bytes) { (small, large) = (vec_repeat16(costs), vec_repeat16(costs + 16)) }

    @inline(__always)
    mutating func add(_ here: vec_u8x64, _ left: vec_u8x64, _ up: vec_u8x64, _ corner: vec_u8x64) {
        none = vec_add_costs(none, here, small, large)
        // Where all neighbours are alike, every other filter leaves zeros, which cost nothing.
        if vec_are_equal64(here, left, up, corner) { return }
        self.left = vec_add_costs(self.left, vec_sub8(here, left), small, large)
        self.up = vec_add_costs(self.up, vec_sub8(here, up), small, large)
        mean = vec_add_costs(mean, vec_sub8(here, vec_mean8(left, up)), small, large)
        paeth = vec_add_costs(paeth, vec_sub8(here, vec_paeth8(left, up, corner)), small, large)
    }

    @inline(__always)
    var cheapest: Int32 {
        var (best, least): (Int32, UInt64) = (0, vec_sum64x8(none))
        let (second, third) = (vec_sum64x8(left), vec_sum64x8(up))
        let (fourth, fifth) = (vec_sum64x8(mean), vec_sum64x8(paeth))
        if second < least { (best, least) = (1, second) }
        if third < least { (best, least) = (2, third) }
        if fourth < least { (best, least) = (3, fourth) }
        if fifth < least { (best, least) = (4, fifth) }
        return best
    }
}

/// The cheapest of the five filters; the row's first pixel counts as a block of its own.
func chooseFilter(
    _ row: Bytes?, _ prior: Bytes?, _ bytes: Int64, _ pixelBytes: Int32, _ costs: Bytes?, _ step: Int32
) -> Int32 {
    guard let row, let prior, let costs else { return 0 }
    let (bytes, pixel, stride) = (Int(bytes), Int(pixelBytes), 64 * Int(step))
    var sums = FilterCosts(costs)
    let head = Int64(min(pixel, bytes))
    sums.add(vec_load_some64(row, head), vec_splat8(0), vec_load_some64(prior, head), vec_splat8(0))
    var i = Int(head)
    while i + 64 <= bytes {
        sums.add(
            vec_load64(row + i), vec_load64(row + i - pixel), vec_load64(prior + i), vec_load64(prior + i - pixel))
        i += stride
    }
    if i < bytes {
        let rest = Int64(bytes - i)
        sums.add(
            vec_load_some64(row + i, rest), vec_load_some64(row + i - pixel, rest), vec_load_some64(prior + i, rest),
            vec_load_some64(prior + i - pixel, rest))
    }
    return sums.cheapest
}
