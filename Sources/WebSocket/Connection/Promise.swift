// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A value that comes once, from whichever of several sides is first, and that any number may wait for.
final class Promise<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [CheckedContinuation<Value, Never>] = []
    }

    private let state = Mutex(State())

    /// Gives the value; only the first counts.
    func fulfil(_ value: Value) {
        let waiters: [CheckedContinuation<Value, Never>] = state.withLock { state in
            guard state.value == nil else { return [] }
            state.value = value
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: value) }
    }

    /// Whether no value has come yet.
    var isOpen: Bool { state.withLock { $0.value == nil } }

    /// Waits for the value, even in a cancelled task: whoever fulfils must see to it that this ends.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let value = state.withLock { state in
                if state.value == nil { state.waiters.append(continuation) }
                return state.value
            }
            if let value { continuation.resume(returning: value) }
        }
    }

    /// Gives `value` after a time, unless another came before.
    func fulfil(_ value: Value, after time: Duration) -> Task<Void, Never> {
        Task { [weak self] in
            do { try await Task.sleep(for: time) } catch { return }
            self?.fulfil(value)
        }
    }
}
