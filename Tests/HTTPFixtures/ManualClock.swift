// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Synchronization

/// A clock that stands still but for the sleeps asked of it, which it remembers.
public final class ManualClock: Sendable {
    private struct State {
        var elapsed: Duration = .zero
        var sleeps: [Duration] = []
    }

    private let start: Date
    private let state = Mutex(State())

    public init(_ start: Date = Date(timeIntervalSince1970: 1_800_000_000)) { self.start = start }

    /// The sleeps so far, in seconds.
    public var sleeps: [Double] { state.withLock { $0.sleeps.map { $0 / .seconds(1) } } }

    public var now: Date { start.addingTimeInterval(state.withLock { $0.elapsed } / .seconds(1)) }

    /// Lets time pass.
    public func advance(_ time: Duration) { state.withLock { $0.elapsed += time } }

    /// The clock as services take it; nothing is left to chance.
    public var clock: ServiceClock {
        ServiceClock(
            now: { self.now }, uptime: { self.state.withLock { $0.elapsed } },
            sleep: { time in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.sleeps.append(time)
                    state.elapsed += time
                }
                await Task.yield()
            }, chance: { 0 })
    }
}
