// SPDX-License-Identifier: Apache-2.0
import Dispatch

/// Does something after a time, unless it is cancelled first; nothing of it stays behind then.
///
/// For deadlines: a `Task.sleep` that is cancelled keeps its memory until its time would have come, which adds up
/// where deadlines are minutes and requests thousands.
package final class Alarm: @unchecked Sendable {
    // Sendable: a dispatch source may be used from all threads, and the reference to it never changes.

    private let timer: any DispatchSourceTimer

    /// - Parameter action: called once, on a thread of its own; must not wait.
    package init(after time: Duration, _ action: @escaping @Sendable () -> Void) {
        let timer = DispatchSource.makeTimerSource()
        let (seconds, attoseconds) = time.components
        let wait = min(Double(seconds) + Double(attoseconds) * 1e-18, 3e8)
        timer.schedule(deadline: .now() + max(0, wait), leeway: .milliseconds(1))
        timer.setEventHandler(handler: action)
        self.timer = timer
        timer.activate()
    }

    deinit { timer.cancel() }

    /// Lets it be; without effect once the action has begun.
    package func cancel() { timer.cancel() }
}
