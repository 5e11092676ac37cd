// SPDX-License-Identifier: Apache-2.0
import CVector
import Foundation
import ImageCore

/// Filters rows for deflate: each row gets the filter whose bytes are expected to take the fewest bits.
struct PNGFilterStage: Sendable {
    let rows: PNGRows
    let kernels: vec_kernel_table

    /// Bytes of a filtered row, its filter byte included.
    var filteredRowBytes: Int { rows.rowBytes + 1 }

    /// How rows get their filters.
    enum Choice: Hashable {
        /// Each row the one that is expected to take the fewest bits.
        case cheapest
        /// The same by looking at every other 64 bytes: nearly always as good.
        case likelyCheapest
        /// All the same, 0…4.
        case always(Int32)
        /// Each row the first whose bytes, taken as signed, have the least sum of magnitudes: stb_image_write's way.
        case leastSum
    }

    /// What suits most pictures. Palette indices are names, not amounts: differences of them mean nothing.
    var usualChoice: Choice { rows.colorType == .palette ? .always(0) : .likelyCheapest }

    /// What a residual costs in sixteenths of a bit, as `choose_filter` takes it: 1.5 bits for a zero, then 1.6 more for
    /// each doubling of the magnitude.
    private static let costs: [UInt8] = {
        let magnitudes = Array(0..<16) + (0..<16).map { 16 * min($0, 7) + 8 }
        return magnitudes.map { $0 == 0 ? 24 : UInt8(min(255, 16 * (2.2 + 1.6 * log2(Double($0 + 1))))) }
    }()

    /// Filters rows into `target`, which has room for `filteredRowBytes` a row and 64 bytes more.
    func filter(_ range: some Sequence<Int>, by choice: Choice, into target: UnsafeMutablePointer<UInt8>) {
        let bytes = rows.rowBytes
        var samples = SwappedRows(rows)
        let zeros = [UInt8](repeating: 0, count: bytes)
        zeros.withUnsafeBufferPointer { zeros in
            guard let zeros = zeros.baseAddress else { return }
            var out = target
            for y in range {
                let prior = y == 0 ? zeros : samples.row(y - 1)
                let row = samples.row(y)
                let filter =
                    switch choice {
                    case .always(let filter): filter
                    case .leastSum: leastFilter(row, prior, scratch: out + 1)
                    case .cheapest, .likelyCheapest:
                        kernels.choose_filter(
                            row, prior, Int64(bytes), Int32(rows.pixelBytes), Self.costs, choice == .cheapest ? 1 : 2)
                    }
                out[0] = UInt8(truncatingIfNeeded: filter)
                kernels.filter_row(filter, row, prior, out + 1, Int64(bytes), Int32(rows.pixelBytes))
                out += filteredRowBytes
            }
        }
    }
}

extension PNGFilterStage {
    /// The first filter whose bytes have the least sum of magnitudes.
    private func leastFilter(
        _ row: UnsafePointer<UInt8>, _ prior: UnsafePointer<UInt8>, scratch: UnsafeMutablePointer<UInt8>
    ) -> Int32 {
        var best: (filter: Int32, sum: Int) = (0, .max)
        for filter in Int32(0)..<5 {
            kernels.filter_row(filter, row, prior, scratch, Int64(rows.rowBytes), Int32(rows.pixelBytes))
            var sum = 0
            for place in 0..<rows.rowBytes { sum += abs(Int(Int8(bitPattern: scratch[place]))) }
            if sum < best.sum { best = (filter, sum) }
        }
        return best.filter
    }
}

/// Rows in PNG's byte order: 16-bit samples are exchanged into one of two buffers, others are lent as they lie.
private struct SwappedRows: ~Copyable {
    private let rows: PNGRows
    private let scratch: UnsafeMutablePointer<UInt8>
    private var held = (-1, -1)

    init(_ rows: PNGRows) {
        self.rows = rows
        scratch = .allocate(capacity: rows.bits == 16 ? 2 * rows.rowBytes + 1 : 1)
    }

    deinit { scratch.deallocate() }

    mutating func row(_ y: Int) -> UnsafePointer<UInt8> {
        let source = UnsafeRawPointer(rows.base + y * rows.stride)
        guard rows.bits == 16 else { return source.assumingMemoryBound(to: UInt8.self) }
        let slot = y & 1
        let target = scratch + slot * rows.rowBytes
        if (slot == 0 ? held.0 : held.1) != y {
            for i in 0..<rows.rowBytes / 2 {
                let sample = source.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self).bigEndian
                UnsafeMutableRawPointer(target).storeBytes(of: sample, toByteOffset: 2 * i, as: UInt16.self)
            }
            if slot == 0 { held.0 = y } else { held.1 = y }
        }
        return UnsafePointer(target)
    }
}
