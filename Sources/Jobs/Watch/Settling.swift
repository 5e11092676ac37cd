// SPDX-License-Identifier: Apache-2.0

/// The rule by which things that may still be on their way are taken: two looks, a pause apart, that see the same.
///
/// Holds no clock and looks at nothing itself, so that files and conversions share it.
package struct Settling<Key: Hashable & Sendable, State: Hashable & Sendable>: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct Candidate {
        var state: State
        /// When it was first seen so.
        var since: Instant
    }

    /// How far apart the two looks have to be.
    package let pause: Duration
    private var candidates: [Key: Candidate] = [:]
    private var taken: [Key: State] = [:]

    package init(pause: Duration) { self.pause = pause }

    /// Takes in how things stand now; what is gone is forgotten.
    ///
    /// - Returns: what has settled, each state of a thing once.
    package mutating func look(_ states: [Key: State], at now: Instant) -> [Key] {
        candidates = candidates.filter { states[$0.key] != nil }
        taken = taken.filter { states[$0.key] != nil }
        var settled: [Key] = []
        for (key, state) in states {
            if taken[key] == state {
                candidates[key] = nil
            } else if let candidate = candidates[key], candidate.state == state {
                guard now - candidate.since >= pause else { continue }
                candidates[key] = nil
                taken[key] = state
                settled.append(key)
            } else {
                candidates[key] = Candidate(state: state, since: now)
            }
        }
        return settled
    }

    /// Forgets that a thing was taken: it settles anew, not before a time has passed.
    package mutating func giveBack(_ key: Key, after wait: Duration, at now: Instant) {
        guard let state = taken.removeValue(forKey: key) else { return }
        candidates[key] = Candidate(state: state, since: now + wait - pause)
    }

    /// When the next look may find something settled; `nil` while nothing is on its way.
    package var nextLook: Instant? { candidates.values.map(\.since).min().map { $0 + pause } }

    /// What was taken, in whatever state.
    package var handedOut: Set<Key> { Set(taken.keys) }
}
