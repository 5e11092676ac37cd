// SPDX-License-Identifier: Apache-2.0

/// Work space for rows of RGBA floats, zeroed, with eight spare pixels behind each row for kernels that read on.
struct RowScratch: ~Copyable {
    let base: UnsafeMutablePointer<Float>
    /// Floats from row to row.
    let stride: Int

    init(width: Int, rows: Int = 1) {
        stride = 4 * (width + 8)
        let count = stride * max(1, rows)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 4 * count, alignment: 64)
        base = memory.initializeMemory(as: Float.self, repeating: 0, count: count)
    }

    deinit { base.deallocate() }

    func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index * stride }
}
