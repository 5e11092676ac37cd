// SPDX-License-Identifier: Apache-2.0
import CVector

func scanRGBA8(_ source: Bytes?, _ count: Int64, _ found: UnsafeMutablePointer<vec_statistics>?) {
    guard let source, let found else { return }
    let count = Int(count)
    var least = vec_splat8(255)
    var most = vec_splat8(0)
    var sum = SIMD4<UInt64>(repeating: 0)
    var i = 0
    while i + 16 <= count {
        // Sums of 32 bits hold 2^20 blocks of four bytes each.
        let end = min(count - 15, i + 16 << 16)
        var part = vec_channel_sums_zero()
        while i < end {
            let block = vec_load64(source + 4 * i)
            least = vec_min8(least, block)
            most = vec_max8(most, block)
            part = vec_channel_sums_add(part, block)
            i += 16
        }
        sum &+= vec_channel_sums(part)
    }
    var (low, high) = (vec_channel_min(least), vec_channel_max(most))
    while i < count {
        for channel in 0..<4 {
            let value = source[4 * i + channel]
            low[channel] = min(low[channel], value)
            high[channel] = max(high[channel], value)
            sum[channel] &+= UInt64(value)
        }
        i += 1
    }
    withUnsafeMutableBytes(of: &found.pointee) { raw in
        for channel in 0..<4 {
            raw.storeBytes(of: Float(low[channel]), toByteOffset: 4 * channel, as: Float.self)
            raw.storeBytes(of: Float(high[channel]), toByteOffset: 16 + 4 * channel, as: Float.self)
            raw.storeBytes(of: Double(sum[channel]), toByteOffset: 32 + 8 * channel, as: Double.self)
        }
    }
    found.pointee.not_numbers = 0
}

func difference8(
    _ a: Bytes?, _ b: Bytes?, _ count: Int64, _ squared: UnsafeMutablePointer<UInt64>?,
    _ absolute: UnsafeMutablePointer<UInt64>?, _ largest: UnsafeMutablePointer<UInt8>?
) {
    guard let a, let b, let squared, let absolute, let largest else { return }
    let count = Int(count)
    var (squares, magnitudes): (UInt64, UInt64) = (0, 0)
    var most = vec_splat8(0)
    var i = 0
    while i < count {
        let some = Int64(min(64, count - i))
        let distance =
            some == 64
            ? vec_distance8(vec_load64(a + i), vec_load64(b + i))
            : vec_distance8(vec_load_some64(a + i, some), vec_load_some64(b + i, some))
        most = vec_max8(most, distance)
        magnitudes &+= vec_sum8(distance)
        squares &+= UInt64(vec_sum_squares8(distance))
        i += 64
    }
    (squared.pointee, absolute.pointee, largest.pointee) = (squares, magnitudes, vec_largest8(most))
}
