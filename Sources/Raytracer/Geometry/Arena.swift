// SPDX-License-Identifier: Apache-2.0
import Models

/// Memory that kernels read through plain pointers, freed with its owner.
final class Arena: @unchecked Sendable {
    // Sendable: filled by the one who builds it, read only afterwards.

    private var blocks: [UnsafeMutableRawPointer] = []

    deinit { for block in blocks { block.deallocate() } }

    /// Room for some elements, uninitialised, aligned to 64 bytes; never empty.
    func allocate<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int) -> UnsafeMutablePointer<Element> {
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
        blocks.append(block)
        adviseHugePages(UnsafeMutableRawBufferPointer(start: block, count: count * MemoryLayout<Element>.stride))
        return block.bindMemory(to: Element.self, capacity: max(1, count))
    }

    /// A copy of an array.
    /// - Parameter padding: elements behind it that may be read and mean nothing.
    func copy<Element: BitwiseCopyable>(
        _ elements: [Element], count: Int? = nil, padding: Int = 0, _ work: WorkSplit = WorkSplit(threads: 1)
    ) -> UnsafeMutablePointer<Element> {
        let count = min(count ?? elements.count, elements.count)
        let memory = allocate(Element.self, count + padding)
        elements.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            work.ranges(count) { (memory + $0.lowerBound).initialize(from: base + $0.lowerBound, count: $0.count) }
        }
        return memory
    }
}
