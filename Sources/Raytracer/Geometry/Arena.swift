// SPDX-License-Identifier: Apache-2.0

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
        return block.bindMemory(to: Element.self, capacity: max(1, count))
    }

    /// A copy of an array.
    func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = allocate(Element.self, elements.count)
        elements.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { memory.initialize(from: base, count: source.count) }
        }
        return memory
    }
}
