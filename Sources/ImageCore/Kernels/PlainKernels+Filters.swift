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
