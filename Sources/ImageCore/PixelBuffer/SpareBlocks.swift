// SPDX-License-Identifier: Apache-2.0
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Blocks that pictures have given back, kept for the next pictures of their size.
///
/// The system clears every page that it hands out, which takes as long as most passes over the pixels take. It may take
/// the pages of kept blocks away when memory is short.
enum SpareBlocks {
    private struct Block {
        var address: UInt
        var bytes: Int
    }

    /// What may be kept: two frames of 4K.
    static let limit = 72 << 20

    private static let blocks = Mutex<[Block]>([])

    /// Bytes that are kept now.
    static var keptBytes: Int { blocks.withLock { $0.reduce(0) { $0 + $1.bytes } } }

    /// A kept mapping of exactly so many bytes, which hold anything.
    static func take(_ bytes: Int) -> UnsafeMutableRawPointer? {
        let address = blocks.withLock { blocks in
            blocks.lastIndex { $0.bytes == bytes }.map { blocks.remove(at: $0).address }
        }
        return address.flatMap { UnsafeMutableRawPointer(bitPattern: $0) }
    }

    /// Keeps a mapping, and gives back to the system those that were kept longest and are too much by now.
    static func keep(_ start: UnsafeMutableRawPointer, _ bytes: Int) {
        madvise(start, bytes, MADV_FREE)
        let surplus = blocks.withLock { blocks in
            blocks.append(Block(address: UInt(bitPattern: start), bytes: bytes))
            var total = blocks.reduce(0) { $0 + $1.bytes }
            var surplus: [Block] = []
            while total > limit {
                surplus.append(blocks.removeFirst())
                total -= surplus[surplus.count - 1].bytes
            }
            return surplus
        }
        for block in surplus { munmap(UnsafeMutableRawPointer(bitPattern: block.address), block.bytes) }
    }
}
