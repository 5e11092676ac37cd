// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// Memory for pixels: aligned to 64 bytes, given back when its owner ends.
///
/// Large blocks come straight from the system and in large pages where it has them. A frame of 33 MB takes 8100 page
/// faults otherwise, which cost more than most of what is done to the frame. Smaller ones that need not be zero are kept
/// for each other too: the heap gives what lies at its top back to the system again and again.
struct PixelMemory: ~Copyable {
    let base: UnsafeMutableRawPointer
    /// Bytes of the mapping that `base` lies in; 0 for a small block of the heap.
    private let mapped: Int
    private let start: UnsafeMutableRawPointer

    private static let largePage = 2 << 20
    /// Below that the heap is as good.
    private static let piece = 64 << 10

    /// - Parameter isZeroed: whether every byte is zero; memory that another picture has used is had faster.
    init(byteCount: Int, isZeroed: Bool = true) {
        let isLarge = byteCount >= Self.largePage
        guard isLarge || !isZeroed && byteCount >= Self.piece else {
            base = .allocate(byteCount: max(1, byteCount), alignment: 64)
            base.initializeMemory(as: UInt8.self, repeating: 0, count: max(1, byteCount))
            (mapped, start) = (0, base)
            return
        }
        // Whole large pages, and one more to begin on a boundary; what is never touched takes no memory.
        let unit = isLarge ? Self.largePage : Self.piece
        let whole = (byteCount + unit - 1) / unit * unit
        let room = isLarge ? whole + unit : whole
        mapped = room
        if !isZeroed, let spare = SpareBlocks.take(room) {
            start = spare
            base = isLarge ? start.alignedUp(toMultipleOf: unit) : start
            return
        }
        let mapping = mmap(nil, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapping, mapping != UnsafeMutableRawPointer(bitPattern: -1) else {
            fatalError("The system has no memory for \(byteCount) bytes of pixels.")
        }
        start = mapping
        base = isLarge ? mapping.alignedUp(toMultipleOf: unit) : mapping
        if isLarge { madvise(base, whole, MADV_HUGEPAGE) }
    }

    deinit {
        if mapped > 0 { SpareBlocks.keep(start, mapped) } else { base.deallocate() }
    }
}
