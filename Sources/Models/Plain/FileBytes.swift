// SPDX-License-Identifier: Apache-2.0

/// All bytes of a file, read on several threads.
///
/// Not mapped: a file that somebody cuts short while it is mapped ends the process.
struct FileBytes: ~Copyable {
    private let memory: LargeBuffer<UInt8>
    let count: Int

    /// - Returns: `nil` when the file holds less than it did when it was opened.
    init?(_ file: ReadableFile, _ work: WorkSplit) {
        let buffer = LargeBuffer<UInt8>(file.size)
        let (base, size) = (buffer.base, file.size)
        let parts = work.parts(size / 16)
        let missing = LargeBuffer(repeating: 0, count: parts)
        let lacks = missing.base
        work.numbers(parts) { part in
            let range = size * part / parts..<size * (part + 1) / parts
            let target = UnsafeMutableRawBufferPointer(start: base + range.lowerBound, count: range.count)
            lacks[part] = range.count - file.read(into: target, at: range.lowerBound)
        }
        guard (0..<parts).allSatisfy({ lacks[$0] == 0 }) else { return nil }
        memory = buffer
        count = size
    }

    /// The bytes, as long as this value lives.
    var base: UnsafeRawPointer { UnsafeRawPointer(memory.base) }
}
