// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Wakes one waiting task; a ring that nobody waits for is kept, several are one.
package final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            (state.waiting, state.isRung) = (nil, waiting == nil)
            return waiting
        }
        waiting?.resume()
    }

    /// Waits for a ring, at most so long, and not once the task is cancelled.
    package func wait(atMost limit: Duration) async {
        let alarm = Task {
            do { try await Task.sleep(for: limit) } catch { return }
            ring()
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiting = continuation
                    return false
                }
                if isRung { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
        alarm.cancel()
    }
}
