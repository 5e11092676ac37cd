// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// Work that cannot be interrupted, on a thread of its own, so that whoever waits can be cancelled.
enum BackgroundWork {
    private final class Slot<Value: Sendable>: Sendable {
        let outcome = Mutex<Result<Value, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
    }

    /// Runs `work` and waits for it, or for the task to be cancelled.
    ///
    /// After a cancellation the work goes on to its end unseen and what it made is dropped.
    static func run<Value: Sendable>(
        for task: ServerTask, _ work: @escaping @Sendable () throws -> Value
    ) throws -> Value {
        let slot = Slot<Value>()
        DispatchQueue.global(qos: .userInitiated).async {
            let outcome = Result { try work() }
            slot.outcome.withLock { $0 = outcome }
            slot.done.signal()
        }
        while slot.done.wait(timeout: .now() + .milliseconds(10)) == .timedOut { try task.check() }
        try task.check()
        guard let outcome = slot.outcome.withLock({ $0 }) else { throw RPCFailure.internalError("The work was lost") }
        return try outcome.get()
    }
}
