// SPDX-License-Identifier: Apache-2.0

/// Pictures that were made together. (An `Array` cannot hold values that are not copied.)
public struct PixelBufferList: ~Copyable, @unchecked Sendable {
    // Sendable: the list is the single owner of its pictures and hands them out to be read only.

    public let count: Int
    private let base: UnsafeMutablePointer<PixelBuffer>

    /// Makes `count` pictures.
    package init(count: Int, _ make: (Int) -> PixelBuffer) {
        self.count = count
        base = .allocate(capacity: count)
        for index in 0..<count { (base + index).initialize(to: make(index)) }
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    /// The picture at a place; traps outside of `0..<count`.
    public subscript(index: Int) -> PixelBuffer {
        _read {
            precondition((0..<count).contains(index), "picture outside the list")
            yield base[index]
        }
    }

    /// The first picture alone; the others end with the list, which must have one.
    public consuming func first() -> PixelBuffer {
        precondition(count > 0, "no picture in the list")
        let picture = base.move()
        (base + 1).deinitialize(count: count - 1)
        base.deallocate()
        discard self
        return picture
    }
}
