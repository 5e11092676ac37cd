// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Memory for many plain elements, freed with this value; its contents are undefined until they are set.
struct LargeBuffer<Element: BitwiseCopyable>: ~Copyable {
    let elements: UnsafeMutableBufferPointer<Element>

    init(_ count: Int) {
        elements = .allocate(capacity: max(1, count))
        adviseHugePages(UnsafeMutableRawBufferPointer(elements))
    }

    init(repeating element: Element, count: Int) {
        self.init(count)
        elements.initialize(repeating: element)
    }

    deinit { elements.deallocate() }

    /// The elements without bounds checks in release builds.
    var base: UnsafeMutablePointer<Element> { elements.baseAddress.unsafelyUnwrapped }
}

/// Asks the system to back large fresh memory with large pages: a first touch of 4 KiB pages costs more than the work
/// that the loaders do on them.
package func adviseHugePages(_ memory: UnsafeMutableRawBufferPointer) {
    #if os(Linux)
        let page = 1 << 21
        guard memory.count >= 2 * page, let start = memory.baseAddress else { return }
        let first = (UInt(bitPattern: start) + UInt(page) - 1) & ~UInt(page - 1)
        let end = (UInt(bitPattern: start) + UInt(memory.count)) & ~UInt(page - 1)
        // A hint: whatever comes of it, the memory stays what it is.
        if first < end { _ = madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE) }
    #endif
}

extension Array where Element: BitwiseCopyable {
    /// An array whose elements `fill` sets, all of them, at first touch from any thread.
    init(filling count: Int, _ fill: (UnsafeMutablePointer<Element>) -> Void) {
        self.init(unsafeUninitializedCapacity: count) { buffer, filled in
            guard count > 0, let base = buffer.baseAddress else { return }
            adviseHugePages(UnsafeMutableRawBufferPointer(buffer))
            fill(base)
            filled = count
        }
    }
}
