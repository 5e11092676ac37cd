// SPDX-License-Identifier: Apache-2.0

/// Looks again and again at things that come and change, and hands out those that have settled.
package struct SettledWatch<Key: Hashable & Comparable & Sendable, State: Hashable & Sendable>: Sendable {
    /// How far apart the two looks have to be that see a thing the same.
    package var settle: Duration
    /// The longest time between two looks.
    package var poll: Duration
    /// Rung when something may have changed; without it only time brings looks.
    package var bell: Bell

    package init(settle: Duration, poll: Duration, bell: Bell = Bell()) {
        (self.settle, self.poll, self.bell) = (settle, poll, bell)
    }

    /// Watches until the task is cancelled.
    ///
    /// - Parameters:
    ///   - look: how things stand; given those that were handed out, for which a cheap answer will do.
    ///   - handle: does what there is to do with things in their order, and returns those to try again later.
    /// - Throws: what `look` and `handle` throw, unless it came of the cancellation.
    package func run(
        look: (_ handedOut: Set<Key>) async throws -> [Key: State], handle: ([Key]) async throws -> Set<Key>
    ) async throws {
        let clock = ContinuousClock()
        var settling = Settling<Key, State>(pause: settle)
        // Things that change without pause ring without pause.
        let breath = min(settle / 4, .seconds(1))
        while !Task.isCancelled {
            do {
                let states = try await look(settling.handedOut)
                let settled = settling.look(states, at: clock.now).sorted()
                if !settled.isEmpty, !Task.isCancelled {
                    for key in try await handle(settled) { settling.giveBack(key, after: poll, at: clock.now) }
                }
            } catch {
                if Task.isCancelled { return }
                throw error
            }
            let next = settling.nextLook.map { min(clock.now.duration(to: $0), poll) } ?? poll
            do { try await clock.sleep(for: breath) } catch { return }
            await bell.wait(atMost: max(next - breath, .zero))
        }
    }
}
