// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// A fixed number of places for work that overlaps: who finds none free waits.
final class Slots: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    let count: Int
    private let state: Mutex<State>

    init(_ count: Int) {
        self.count = count
        state = Mutex(State(free: count))
    }

    /// Takes a place, in the order of asking.
    func acquire() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    /// Gives a place back.
    func release() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.free += 1
                return CheckedContinuation<Void, Never>?.none
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }

    /// Waits until nobody holds a place.
    func drain() async {
        for _ in 0..<count { await acquire() }
        for _ in 0..<count { release() }
    }
}

/// Runs blocking work on threads of its own, so that the tasks' few threads stay free.
enum Offload {
    private static let queue = DispatchQueue(label: "darkroom.jobs", attributes: .concurrent)

    static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body()) }
        }
    }
}
