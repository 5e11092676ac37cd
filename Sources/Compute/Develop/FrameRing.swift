// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// A few frames that may be under way at once: while one is computed, the next is carried over.
final class FrameRing: Sendable {
    private let free: Mutex<[FrameSlot]>
    private let count: DispatchSemaphore

    init(_ slots: [FrameSlot]) {
        free = Mutex(slots)
        count = DispatchSemaphore(value: slots.count)
    }

    /// Lends a slot, once one is free; every frame ends, so every wait does.
    func withSlot<Result: ~Copyable, Failure: Error>(
        _ body: (FrameSlot) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        count.wait()
        // The slot used last comes first: its memory is as large as such frames need.
        guard let slot = free.withLock({ $0.popLast() }) else { fatalError("A ring of frames lent too many slots.") }
        defer {
            free.withLock { $0.append(slot) }
            count.signal()
        }
        return try body(slot)
    }
}
