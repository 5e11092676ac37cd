// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CVector
import ImageCore

/// The zlib stream of a PNG's pixels, made here instead of in libpng.
struct PNGImageData: Sendable {
    private let stage: PNGFilterStage
    private let kernels: vec_kernel_table

    init(_ rows: PNGRows) {
        kernels = KernelSet.current.table
        stage = PNGFilterStage(rows: rows, kernels: kernels)
    }

    /// Bytes of filtered rows in a block of the fast level: enough for a table of its own, few enough for many threads.
    private static let blockBytes = 768 << 10

    /// Runs and literals only, block by block, over all threads; the same bytes for any number of them.
    func fast() -> [UInt8] {
        let height = stage.rows.height
        let rowBytes = stage.filteredRowBytes
        let blockRows = max(1, Self.blockBytes / rowBytes)
        let blocks = (height + blockRows - 1) / blockRows
        var parts = [(bytes: [UInt8], checksum: UInt32)](repeating: ([], 1), count: blocks)
        parts.withUnsafeMutableBufferPointer { parts in
            nonisolated(unsafe) let parts = parts
            let deflater = RunDeflater(kernels: kernels)
            WorkerPool.shared.run(blocks) { block in
                let range = (block * blockRows)..<min(height, (block + 1) * blockRows)
                let size = range.count * rowBytes
                let filtered = UnsafeMutablePointer<UInt8>.allocate(capacity: size + 64)
                defer { filtered.deallocate() }
                stage.filter(range, into: filtered)
                let bytes = UnsafeBufferPointer(start: filtered, count: size)
                parts[block] = (
                    deflater.block(bytes, isLast: block == blocks - 1), libdeflate_adler32(1, filtered, size)
                )
            }
        }
        var stream: [UInt8] = [0x78, 0x01]
        stream.reserveCapacity(parts.reduce(6) { $0 + $1.bytes.count })
        var checksum: UInt32 = 1
        for (block, part) in parts.enumerated() {
            stream += part.bytes
            let rows = min(blockRows, height - block * blockRows)
            checksum = Self.joined(checksum, part.checksum, bytes: rows * rowBytes)
        }
        stream.appendBigEndian32(checksum)
        return stream
    }

    /// libdeflate over all rows.
    ///
    /// - Parameter level: libdeflate's, 1…12.
    func packed(level: Int32) throws(CodecError) -> [UInt8] {
        guard let deflater = libdeflate_alloc_compressor(level) else { throw Self.noMemory }
        defer { libdeflate_free_compressor(deflater) }
        return try withFilteredRows { filtered in
            let bound = libdeflate_zlib_compress_bound(deflater, filtered.count)
            return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
                count = libdeflate_zlib_compress(
                    deflater, filtered.baseAddress, filtered.count, target.baseAddress, bound)
            }
        }
    }

    /// The stream that stb_image_write makes of these rows.
    func chained() throws(CodecError) -> [UInt8] {
        try withFilteredRows(triesAll: true, ChainDeflater.stream(of:))
    }

    private static let noMemory = CodecError(.encoding, "There is no memory for the PNG encoder.")

    private func withFilteredRows(
        triesAll: Bool = false, _ body: (UnsafeBufferPointer<UInt8>) -> [UInt8]
    ) throws(CodecError) -> [UInt8] {
        let height = stage.rows.height
        let (size, overflow) = stage.filteredRowBytes.multipliedReportingOverflow(by: height)
        guard !overflow else { throw Self.noMemory }
        let filtered = UnsafeMutablePointer<UInt8>.allocate(capacity: size + 64)
        defer { filtered.deallocate() }
        var stage = self.stage
        stage.triesAll = triesAll
        nonisolated(unsafe) let start = filtered
        WorkerPool.shared.runBands(height, minimum: max(1, (256 << 10) / stage.filteredRowBytes)) { [stage] range in
            stage.filter(range, into: start + range.lowerBound * stage.filteredRowBytes)
        }
        return body(UnsafeBufferPointer(start: filtered, count: size))
    }

    /// Adler-32 of two stretches one behind the other, the second of so many bytes.
    static func joined(_ first: UInt32, _ second: UInt32, bytes: Int) -> UInt32 {
        let modulus: UInt64 = 65521
        let (a1, b1) = (UInt64(first & 0xFFFF), UInt64(first >> 16))
        let (a2, b2) = (UInt64(second & 0xFFFF), UInt64(second >> 16))
        let length = UInt64(bytes) % modulus
        let a = (a1 + a2 + modulus - 1) % modulus
        let b = (b1 + b2 + length * ((a1 + modulus - 1) % modulus)) % modulus
        return UInt32(b << 16 | a)
    }
}
