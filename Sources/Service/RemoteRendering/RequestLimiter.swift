// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Synchronization

/// Counts requests and refuses those over a limit, anew each minute, as the original did.
final class RequestLimiter: Sendable {
    private struct State {
        var start: ContinuousClock.Instant
        var counts: [String: Int] = [:]
    }

    private static let minute = Duration.seconds(60)

    private let limit: Int?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state: Mutex<State>

    /// - Parameter limit: requests that each may make a minute; `nil` for no limit.
    init(perMinute limit: Int?, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        (self.limit, self.now) = (limit, now)
        state = Mutex(State(start: now()))
    }

    /// Counts a request of somebody.
    ///
    /// - Throws: `RequestProblem` of status 429 that says when the next minute begins.
    func take(_ name: String) throws(RequestProblem) {
        guard let limit else { return }
        let now = now()
        let wait = state.withLock { state -> Duration? in
            if now - state.start >= Self.minute { state = State(start: now) }
            state.counts[name, default: 0] += 1
            return state.counts[name] ?? 0 > limit ? Self.minute - (now - state.start) : nil
        }
        guard let wait else { return }
        var problem = RequestProblem(.tooManyRequests)
        problem.retryAfter = max(1, Int((wait / .seconds(1)).rounded(.up)))
        throw problem
    }
}
