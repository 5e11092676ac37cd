// SPDX-License-Identifier: Apache-2.0
import CVector
import ImageCore

/// Filters rows for deflate: each row gets the filter whose bytes, taken as signed, have the least sum of magnitudes.
struct PNGFilterStage: Sendable {
    let rows: PNGRows
    let kernels: vec_kernel_table
    /// Whether every filter is tried and its bytes are summed up, as stb_image_write does; else a quicker estimate
    /// serves.
    var triesAll = false

    /// Bytes of a filtered row, its filter byte included.
    var filteredRowBytes: Int { rows.rowBytes + 1 }

    /// Filters a range of rows into `target`, which has room for `filteredRowBytes` a row and 64 bytes more.
    func filter(_ range: Range<Int>, into target: UnsafeMutablePointer<UInt8>) {
        let bytes = rows.rowBytes
        var samples = SwappedRows(rows)
        let zeros = [UInt8](repeating: 0, count: bytes)
        zeros.withUnsafeBufferPointer { zeros in
            guard let zeros = zeros.baseAddress else { return }
            var out = target
            for y in range {
                let prior = y == 0 ? zeros : samples.row(y - 1)
                let row = samples.row(y)
                let filter = triesAll ? leastFilter(row, prior, scratch: out + 1) : choose(row, prior)
                out[0] = UInt8(truncatingIfNeeded: filter)
                kernels.filter_row(filter, row, prior, out + 1, Int64(bytes), Int32(rows.pixelBytes))
                out += filteredRowBytes
            }
        }
    }

    /// Palette indices are names, not amounts: differences of them mean nothing.
    private func choose(_ row: UnsafePointer<UInt8>, _ prior: UnsafePointer<UInt8>) -> Int32 {
        if rows.colorType == .palette { return 0 }
        return kernels.choose_filter(row, prior, Int64(rows.rowBytes), Int32(rows.pixelBytes))
    }

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
