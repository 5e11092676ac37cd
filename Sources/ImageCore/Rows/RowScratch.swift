// SPDX-License-Identifier: Apache-2.0

/// Work space for rows of RGBA floats, zeroed, with spare pixels behind each row for kernels that read on.
struct RowScratch: ~Copyable {
    /// Floats from row to row, a multiple of sixteen.
    let stride: Int
    private let memory: PixelMemory

    init(width: Int, rows: Int = 1, spare: Int = 8) {
        stride = (width + spare + 3) / 4 * 16
        memory = PixelMemory(byteCount: 4 * stride * max(1, rows))
    }

    var base: UnsafeMutablePointer<Float> { memory.base.assumingMemoryBound(to: Float.self) }

    func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index * stride }
}
