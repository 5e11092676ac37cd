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
        table.choose_filter = { row, prior, bytes, pixelBytes in
            guard let row, let prior else { return 0 }
            let pixel = Int(pixelBytes)
            let sums = (0..<5 as Range<Int32>).map { filter in
                (min(pixel, Int(bytes))..<Int(bytes)).reduce(0) { sum, i in
                    let guess = PlainKernels.guess(
                        filter, left: row[i - pixel], up: prior[i], corner: prior[i - pixel])
                    return sum + Int(Int8(bitPattern: row[i] &- guess).magnitude)
                }
            }
            return Int32((0..<5).min { sums[$0] < sums[$1] } ?? 0)
        }
        table.unfilter_row = { filter, row, prior, bytes, pixelBytes in
            guard let row, let prior else { return }
            let pixel = Int(pixelBytes)
            for i in 0..<Int(bytes) {
                let left = i >= pixel ? row[i - pixel] : 0
                let corner = i >= pixel ? prior[i - pixel] : 0
                row[i] = row[i] &+ PlainKernels.guess(filter, left: left, up: prior[i], corner: corner)
            }
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
