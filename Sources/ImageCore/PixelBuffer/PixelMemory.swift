// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#endif

/// Memory for pixels: zeroed, aligned to 64 bytes, given back when its owner ends.
///
/// Large blocks come straight from the system and in large pages where it has them. A frame of 33 MB takes 8100 page
/// faults otherwise, which cost more than most of what is done to the frame.
struct PixelMemory: ~Copyable {
    let base: UnsafeMutableRawPointer
    /// Bytes of the mapping that `base` lies in; 0 for a small block of the heap.
    private let mapped: Int
    private let start: UnsafeMutableRawPointer

    private static let largePage = 2 << 20

    init(byteCount: Int) {
        guard byteCount >= Self.largePage else {
            base = .allocate(byteCount: max(1, byteCount), alignment: 64)
            base.initializeMemory(as: UInt8.self, repeating: 0, count: max(1, byteCount))
            (mapped, start) = (0, base)
            return
        }
        // Whole large pages, and one more to begin on a boundary; what is never touched takes no memory.
        let whole = (byteCount + Self.largePage - 1) / Self.largePage * Self.largePage
        let room = whole + Self.largePage
        let mapping = mmap(nil, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapping, mapping != UnsafeMutableRawPointer(bitPattern: -1) else {
            fatalError("The system has no memory for \(byteCount) bytes of pixels.")
        }
        (mapped, start) = (room, mapping)
        base = mapping.alignedUp(toMultipleOf: Self.largePage)
        madvise(base, whole, MADV_HUGEPAGE)
    }

    deinit {
        if mapped > 0 { munmap(start, mapped) } else { base.deallocate() }
    }
}
