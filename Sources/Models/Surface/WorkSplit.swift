// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation

/// Cuts work over many elements into ranges for threads of their own; what comes out never depends on how many.
package struct WorkSplit: Sendable {
    /// Threads to work on, at least 1.
    let threads: Int

    /// Below this many elements a range is not worth a thread.
    private let least: Int

    package init(threads: Int?, least: Int = 1 << 15) {
        self.threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
        self.least = max(1, least)
    }

    /// How many ranges are made of `count` elements.
    package func parts(_ count: Int, atMost most: Int = .max) -> Int { max(1, min(threads, most, count / least)) }

    /// Calls `body` with the ranges that make up `0..<count`, at the same time, and waits for all.
    package func ranges(_ count: Int, atMost most: Int = .max, _ body: (Range<Int>) -> Void) {
        let parts = parts(count, atMost: most)
        numbers(parts) { body(count * $0 / parts..<count * ($0 + 1) / parts) }
    }

    /// Calls `body` with the numbers `0..<parts`, at the same time, and waits for all.
    package func numbers(_ parts: Int, _ body: (Int) -> Void) {
        guard parts > 1 else { return body(0) }
        withoutActuallyEscaping(body) { body in
            // Parts write to memory of their own, as every caller here sees to; it waits for all of them.
            nonisolated(unsafe) let run = body
            DispatchQueue.concurrentPerform(iterations: parts) { run($0) }
        }
    }
}
