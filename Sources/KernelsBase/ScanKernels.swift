// SPDX-License-Identifier: Apache-2.0
import CVector

func scanRGBA8(
    _ source: Bytes?, _ count: Int64, _ low: Bytes?, _ high: Bytes?, _ found: UnsafeMutablePointer<vec_statistics>?
) {
    guard let source, let low, let high, let found else { return }
    let count = Int(count)
    let (floor, ceiling) = (vec_splat_pixel8(low), vec_splat_pixel8(high))
    let (none, all) = (vec_splat8(0), vec_splat8(255))
    var (least, most, leastForeground, mostForeground) = (all, none, all, none)
    var sum = SIMD4<UInt64>(repeating: 0)
    var (visible, foreground): (Int64, Int64) = (0, 0)
    var i = 0
    while i < count {
        // Sums of 32 bits hold 2^20 blocks of four bytes each.
        let end = min(count, i + 16 << 16)
        var part = vec_channel_sums_zero()
        while i < end {
            let some = Int64(min(16, end - i))
            let block = some == 16 ? vec_load64(source + 4 * i) : vec_load_some64(source + 4 * i, 4 * some)
            // Lanes behind the last pixel count for nothing.
            let there = some == 16 ? all : vec_first_pixels8(some)
            part = vec_channel_sums_add(part, block)
            least = vec_min8(least, vec_or_not8(block, there))
            most = vec_max8(most, block)
            let seen = vec_visible_pixels8(block)
            let front = vec_and_not8(seen, vec_pixels_within8(block, floor, ceiling))
            visible &+= vec_count_pixels8(seen)
            foreground &+= vec_count_pixels8(front)
            leastForeground = vec_min8(leastForeground, vec_or_not8(block, front))
            mostForeground = vec_max8(mostForeground, vec_and8(block, front))
            i += Int(some)
        }
        sum &+= vec_channel_sums(part)
    }
    found.pointee.sum = (sum.x, sum.y, sum.z, sum.w)
    found.pointee.least = channels(vec_channel_min(least))
    found.pointee.most = channels(vec_channel_max(most))
    (found.pointee.visible, found.pointee.foreground) = (visible, foreground)
    found.pointee.least_foreground = channels(vec_channel_min(leastForeground))
    found.pointee.most_foreground = channels(vec_channel_max(mostForeground))
}

@inline(__always)
private func channels(_ v: vec_u8x4) -> (UInt8, UInt8, UInt8, UInt8) { (v[0], v[1], v[2], v[3]) }

func differenceRGBA8(_ a: Bytes?, _ b: Bytes?, _ count: Int64, _ found: UnsafeMutablePointer<vec_difference>?) {
    guard let a, let b, let found else { return }
    let size = 4 * Int(count)
    var (squares, magnitudes): (UInt64, UInt64) = (0, 0)
    var pixels: Int64 = 0
    var most = vec_splat8(0)
    var i = 0
    while i < size {
        let some = Int64(min(64, size - i))
        let distance =
            some == 64
            ? vec_distance8(vec_load64(a + i), vec_load64(b + i))
            : vec_distance8(vec_load_some64(a + i, some), vec_load_some64(b + i, some))
        most = vec_max8(most, distance)
        magnitudes &+= vec_sum8(distance)
        squares &+= UInt64(vec_sum_squares8(distance))
        pixels &+= vec_count_pixels8(vec_nonzero_pixels8(distance))
        i += 64
    }
    (found.pointee.squared, found.pointee.absolute) = (squares, magnitudes)
    (found.pointee.pixels, found.pointee.largest) = (pixels, vec_largest8(most))
}
