// SPDX-License-Identifier: Apache-2.0
import CVector

extension PlainKernels {
    static func addFilters(to table: inout vec_kernel_table) {
        table.filter_row = { filter, row, prior, target, bytes, pixelBytes in
            guard let row, let prior, let target else { return }
            let pixel = Int(pixelBytes)
            for i in 0..<Int(bytes) {
                let left = i >= pixel ? row[i - pixel] : 0
                let corner = i >= pixel ? prior[i - pixel] : 0
                target[i] = row[i] &- PlainKernels.guess(filter, left: left, up: prior[i], corner: corner)
            }
        }
        table.choose_filter = { row, prior, bytes, pixelBytes, costs, step in
            guard let row, let prior, let costs else { return 0 }
            let (bytes, pixel) = (Int(bytes), Int(pixelBytes))
            let sums = (0..<5 as Range<Int32>).map { filter in
                let residuals = (0..<bytes).map { i in
                    row[i]
                        &- PlainKernels.guess(
                            filter, left: i >= pixel ? row[i - pixel] : 0, up: prior[i],
                            corner: i >= pixel ? prior[i - pixel] : 0)
                }
                return stride(from: pixel, to: bytes, by: 64 * Int(step)).reduce(
                    PlainKernels.cost(residuals.prefix(pixel), costs)
                ) { $0 + PlainKernels.cost(residuals[$1..<min($1 + 64, bytes)], costs) }
            }
            return Int32((0..<5).min { sums[$0] < sums[$1] } ?? 0)
        }
        table.unfilter_row = { PlainKernels.unfilter($0, $1, $2, $3, $4, $5) }
        table.unfilter_paeth_pair = { first, second, row, next, prior, bytes, pixelBytes in
            PlainKernels.unfilter(4, first, row, prior, bytes, pixelBytes)
            PlainKernels.unfilter(4, second, next, row.map { UnsafePointer($0) }, bytes, pixelBytes)
        }
    }

    private static func unfilter(
        _ filter: Int32, _ filtered: Bytes?, _ row: MutableBytes?, _ prior: Bytes?, _ bytes: Int64,
        _ pixelBytes: Int32
    ) {
        guard let filtered, let row, let prior else { return }
        let pixel = Int(pixelBytes)
        for i in 0..<Int(bytes) {
            let left = i >= pixel ? row[i - pixel] : 0
            let corner = i >= pixel ? prior[i - pixel] : 0
            row[i] = filtered[i] &+ guess(filter, left: left, up: prior[i], corner: corner)
        }
    }

    /// What residuals cost, eight by eight; zeros fill up the last eight.
    private static func cost(_ residuals: ArraySlice<UInt8>, _ costs: UnsafePointer<UInt8>) -> Int {
        stride(from: residuals.startIndex, to: residuals.endIndex, by: 8).reduce(0) { sum, start in
            let eight = residuals[start..<min(start + 8, residuals.endIndex)]
            if eight.allSatisfy({ $0 == 0 }) { return sum }
            let known = eight.reduce(0) { sum, byte in
                let magnitude = Int(Int8(bitPattern: byte).magnitude)
                return sum + Int(magnitude < 16 ? costs[magnitude] : costs[16 + magnitude / 16])
            }
            return sum + known + (8 - eight.count) * Int(costs[0])
        }
    }

    /// What a PNG filter subtracts.
    static func guess(_ filter: Int32, left: UInt8, up: UInt8, corner: UInt8) -> UInt8 {
        switch filter {
        case 1: return left
        case 2: return up
        case 3: return UInt8((Int(left) + Int(up)) / 2)
        case 4:
            let estimate = Int(left) + Int(up) - Int(corner)
            let (a, b, c) = (abs(estimate - Int(left)), abs(estimate - Int(up)), abs(estimate - Int(corner)))
            return a <= b && a <= c ? left : b <= c ? up : corner
        default: return 0
        }
    }
}
