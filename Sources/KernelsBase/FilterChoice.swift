// SPDX-License-Identifier: Apache-2.0
import CVector

/// The filter 1…4, or 0, whose bytes have the least sum of magnitudes; the lower number among equals.
func chooseFilter(_ row: Bytes?, _ prior: Bytes?, _ bytes: Int64, _ pixelBytes: Int32) -> Int32 {
    guard let row, let prior else { return 0 }
    let (bytes, pixel) = (Int(bytes), Int(pixelBytes))
    // The first pixel counts as itself for every filter but up: it hardly matters, and saves a case.
    var (none, sub, up, mean, paeth): (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
    var i = min(pixel, bytes)
    while i + 64 <= bytes {
        let here = vec_load64(row + i)
        let left = vec_load64(row + i - pixel)
        let above = vec_load64(prior + i)
        let corner = vec_load64(prior + i - pixel)
        none &+= vec_sum8(vec_magnitude8(here))
        sub &+= vec_sum8(vec_magnitude8(vec_sub8(here, left)))
        up &+= vec_sum8(vec_magnitude8(vec_sub8(here, above)))
        mean &+= vec_sum8(vec_magnitude8(vec_sub8(here, vec_mean8(left, above))))
        paeth &+= vec_sum8(vec_magnitude8(vec_sub8(here, vec_paeth8(left, above, corner))))
        i += 64
    }
    if i < bytes {
        let rest = Int64(bytes - i)
        let here = vec_load_some64(row + i, rest)
        let left = vec_load_some64(row + i - pixel, rest)
        let above = vec_load_some64(prior + i, rest)
        let corner = vec_load_some64(prior + i - pixel, rest)
        none &+= vec_sum8(vec_magnitude8(here))
        sub &+= vec_sum8(vec_magnitude8(vec_sub8(here, left)))
        up &+= vec_sum8(vec_magnitude8(vec_sub8(here, above)))
        mean &+= vec_sum8(vec_magnitude8(vec_sub8(here, vec_mean8(left, above))))
        paeth &+= vec_sum8(vec_magnitude8(vec_sub8(here, vec_paeth8(left, above, corner))))
    }
    var (best, least): (Int32, UInt64) = (0, none)
    if sub < least { (best, least) = (1, sub) }
    if up < least { (best, least) = (2, up) }
    if mean < least { (best, least) = (3, mean) }
    if paeth < least { (best, least) = (4, paeth) }
    return best
}
