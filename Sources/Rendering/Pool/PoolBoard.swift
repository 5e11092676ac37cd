// SPDX-License-Identifier: Apache-2.0
import Jobs
import Synchronization

/// The items of one batch: what is left, who works at what, and what came out.
final class PoolBoard<Output: Sendable>: Sendable {
    private struct State {
        var schedule: RendererSchedule
        /// Items that nobody works at, in order.
        var pending: [Int]
        /// Items under way.
        var underway = 0
        /// How many backends were lost while they worked at each item.
        var losses: [Int]
        var results: [Result<Output, any Error>?]
        var waiters: [CheckedContinuation<Void, Never>] = []
        var changes = 0
    }

    private let state: Mutex<State>
    private let mostLosses: Int

    init(items: Int, members: Int, mostLosses: Int) {
        self.mostLosses = mostLosses
        state = Mutex(
            State(
                schedule: RendererSchedule(lanes: Array(repeating: RendererSchedule.Lane(), count: members)),
                pending: Array(0..<items), losses: Array(repeating: 0, count: items),
                results: Array(repeating: nil, count: items)))
    }

    /// The members as they are now.
    var members: [RendererSchedule.Lane] { state.withLock { $0.schedule.lanes } }

    /// Whether every item has its outcome.
    var isDone: Bool { state.withLock { $0.pending.isEmpty && $0.underway == 0 } }

    /// Waits until every item has its outcome.
    func done() async {
        while true {
            let (isDone, seen) = state.withLock { ($0.pending.isEmpty && $0.underway == 0, $0.changes) }
            if isDone || Task.isCancelled { return }
            await change(after: seen)
        }
    }

    /// A member answers and can be given items.
    func ready(_ member: Int) { change { $0.schedule.lanes[member].condition = .ready } }

    /// The next item for a member; waits while others should have it or may give one back; `nil` when all are done.
    func next(for member: Int) async -> Int? {
        while !Task.isCancelled {
            let (item, isOver, hasPending, seen): (Int?, Bool, Bool, Int) = state.withLock { state in
                if state.pending.isEmpty, state.underway == 0 { return (nil, true, false, state.changes) }
                guard state.schedule.shouldTake(member, pending: state.pending.count, now: .now) else {
                    return (nil, false, !state.pending.isEmpty, state.changes)
                }
                state.underway += 1
                state.schedule.lanes[member].busySince = .now
                return (state.pending.removeFirst(), false, true, state.changes)
            }
            if let item { return item }
            if isOver { return nil }
            guard hasPending else {
                await change(after: seen)
                continue
            }
            // Whoever should have it may turn out to be late.
            try? await Task.sleep(for: RendererSchedule.patience)
        }
        return nil
    }

    /// An item has come to an end, good or bad.
    func finish(_ item: Int, by member: Int, _ result: Result<Output, any Error>) {
        change { state in
            state.results[item] = result
            state.underway -= 1
            let begun = state.schedule.lanes[member].busySince
            state.schedule.lanes[member].busySince = nil
            guard case .success = result, let begun else { return }
            state.schedule.lanes[member].note(seconds: begun.duration(to: .now) / .seconds(1))
        }
    }

    /// An item's backend is gone: the item goes to another one, unless it has taken too many along.
    func lose(_ item: Int, by member: Int, _ error: any Error) {
        change { state in
            state.underway -= 1
            state.schedule.lanes[member].busySince = nil
            state.schedule.lanes[member].condition = .opening
            state.losses[item] += 1
            if state.losses[item] >= mostLosses {
                state.results[item] = .failure(error)
            } else {
                state.pending.insert(item, at: 0)
            }
        }
    }

    /// A member is gone for good; with the last one all that is left fails.
    func retire(_ member: Int, _ error: any Error) {
        change { state in
            state.schedule.lanes[member].condition = .givenUp
            guard state.schedule.lanes.allSatisfy({ $0.condition == .givenUp }) else { return }
            for item in state.pending { state.results[item] = .failure(error) }
            state.pending = []
        }
    }

    /// Ends the wait of all members, whose tasks were cancelled.
    func wake() { change { _ in } }

    /// What came of each item.
    func results() -> [Result<Output, any Error>] {
        state.withLock { $0.results.map { $0 ?? .failure(CancellationError()) } }
    }

    private func change(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            state.changes += 1
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func change(after seen: Int) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.changes != seen { return true }
                state.waiters.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
