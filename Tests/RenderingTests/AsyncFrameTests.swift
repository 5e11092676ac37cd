// SPDX-License-Identifier: Apache-2.0
import Testing

@_silgen_name("swift_task_alloc")
private func allocateFrame(_ size: Int) -> UnsafeMutableRawPointer

@_silgen_name("swift_task_dealloc")
private func deallocateFrame(_ frame: UnsafeMutableRawPointer)

/// Frames of asynchronous functions have room for what the compiler forgets to count.
@Suite struct AsyncFrameTests {
    @Test("frames lie further apart than their size says", arguments: [16, 64, 160])
    func room(size: Int) async {
        await Task.yield()
        let frames = (0..<8).map { _ in allocateFrame(size) }
        let distances = zip(frames, frames.dropFirst()).map { $1 - $0 }
        for frame in frames.reversed() { deallocateFrame(frame) }
        // Those that do not begin a new slab.
        let inARow = distances.filter { (size...2 * size + 96).contains($0) }
        #expect(inARow.count >= 4, "\(distances)")
        #expect(inARow.allSatisfy { $0 >= size + 32 }, "\(distances)")
    }
}
