// SPDX-License-Identifier: Apache-2.0
import CVector

extension PlainKernels {
    static func addScans(to table: inout vec_kernel_table) {
        table.scan_rgba8 = { source, count, low, high, found in
            guard let source, let low, let high, let found else { return }
            found.pointee = PlainKernels.scan(source, Int(count), low, high)
        }
        table.difference_rgba8 = { a, b, count, found in
            guard let a, let b, let found else { return }
            found.pointee = vec_difference()
            for i in 0..<Int(count) {
                for c in 4 * i..<4 * i + 4 {
                    let distance = a[c] > b[c] ? a[c] - b[c] : b[c] - a[c]
                    found.pointee.squared += UInt64(distance) * UInt64(distance)
                    found.pointee.absolute += UInt64(distance)
                    found.pointee.largest = max(found.pointee.largest, distance)
                }
                if (0..<4).contains(where: { a[4 * i + $0] != b[4 * i + $0] }) { found.pointee.pixels += 1 }
            }
        }
    }

    private static func scan(_ source: Bytes, _ count: Int, _ low: Bytes, _ high: Bytes) -> vec_statistics {
        var (least, most) = (SIMD4<UInt8>(repeating: 255), SIMD4<UInt8>(repeating: 0))
        var (leastForeground, mostForeground) = (least, most)
        var sum = SIMD4<UInt64>(repeating: 0)
        var found = vec_statistics()
        for i in 0..<count {
            let pixel = SIMD4(source[4 * i], source[4 * i + 1], source[4 * i + 2], source[4 * i + 3])
            for c in 0..<4 {
                (least[c], most[c]) = (min(least[c], pixel[c]), max(most[c], pixel[c]))
                sum[c] += UInt64(pixel[c])
            }
            if pixel.w == 0 { continue }
            found.visible += 1
            if (0..<4).allSatisfy({ low[$0] <= pixel[$0] && pixel[$0] <= high[$0] }) { continue }
            found.foreground += 1
            for c in 0..<4 {
                leastForeground[c] = min(leastForeground[c], pixel[c])
                mostForeground[c] = max(mostForeground[c], pixel[c])
            }
        }
        found.sum = (sum.x, sum.y, sum.z, sum.w)
        (found.least, found.most) = (bytes(least), bytes(most))
        (found.least_foreground, found.most_foreground) = (bytes(leastForeground), bytes(mostForeground))
        return found
    }

    private static func bytes(_ v: SIMD4<UInt8>) -> (UInt8, UInt8, UInt8, UInt8) { (v.x, v.y, v.z, v.w) }
}
