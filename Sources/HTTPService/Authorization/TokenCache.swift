// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import Synchronization

/// Keeps a token and renews it once for all who wait, before it ends.
///
/// A renewal that fails while the kept token is still good goes unnoticed but for a line in the log.
public final class TokenCache: TokenSource {
    private typealias Waiter = CheckedContinuation<Result<AccessToken, any Error>, Never>

    private struct State {
        var token: AccessToken?
        var renewal: Task<Void, Never>?
        var waiters: [Int: Waiter] = [:]
        var nextTicket = 0
        var cancelled: Set<Int> = []
    }

    private let source: any TokenSource
    private let clock: ServiceClock
    private let logger: Logger
    private let state = Mutex(State())

    public init(_ source: any TokenSource, clock: ServiceClock = .system, logger: Logger = .silent) {
        (self.source, self.clock, self.logger) = (source, clock, logger)
    }

    public func token() async throws -> AccessToken {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { join($0, ticket: ticket) }
        } onCancel: {
            leave(ticket)
        }
        return try result.get()
    }

    public func discard(_ value: Secret) -> Bool {
        state.withLock { state in
            if state.token?.value == value { state.token = nil }
        }
        return true
    }

    private func join(_ waiter: Waiter, ticket: Int) {
        let now = clock.now()
        let answer: Result<AccessToken, any Error>? = state.withLock { state in
            if state.cancelled.remove(ticket) != nil { return .failure(CancellationError()) }
            if let token = state.token, !token.isDue(at: now) { return .success(token) }
            state.waiters[ticket] = waiter
            if state.renewal == nil { state.renewal = Task { await self.renew() } }
            return nil
        }
        if let answer { waiter.resume(returning: answer) }
    }

    /// A renewal that nobody waits for any more goes on: whoever comes next may join it.
    private func leave(_ ticket: Int) {
        let waiter = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: ticket)
            if waiter == nil { state.cancelled.insert(ticket) }
            return waiter
        }
        waiter?.resume(returning: .failure(CancellationError()))
    }

    private func renew() async {
        let fetched: Result<AccessToken, any Error>
        do {
            fetched = .success(try await source.token())
        } catch {
            fetched = .failure(error)
        }
        let now = clock.now()
        let (answer, woken, isKept) = state.withLock { state in
            var answer = fetched
            var isKept = false
            switch fetched {
            case .success(let token): state.token = token
            case .failure:
                if let kept = state.token, !kept.isExpired(at: now) { (answer, isKept) = (.success(kept), true) }
            }
            state.renewal = nil
            defer { state.waiters.removeAll() }
            return (answer, Array(state.waiters.values), isKept)
        }
        if isKept, case .failure(let error) = fetched {
            logger.warning("The token could not be renewed yet: \(Redaction.text(String(describing: error)))")
        }
        woken.forEach { $0.resume(returning: answer) }
    }
}
