// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// An operation that took longer than it may.
struct DeadlineExceeded: Error, Sendable {
    var limit: Duration
}

/// Waits for an operation, but never longer than a limit and never past a cancellation.
enum Deadline {
    /// Whichever comes first answers; an operation that heeds no cancellation is left behind.
    ///
    /// - Throws: the operation's error, `DeadlineExceeded`, or `CancellationError`.
    static func run<Value: Sendable>(
        _ limit: Duration?, _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let race = Race<Value>()
        let work = Task {
            do { race.end(.success(try await operation())) } catch { race.end(.failure(error)) }
        }
        let clock = limit.map { limit in
            Alarm(after: limit) {
                race.end(.failure(DeadlineExceeded(limit: limit)))
                work.cancel()
            }
        }
        defer { clock?.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { race.begin($0) }
        } onCancel: {
            race.end(.failure(CancellationError()))
            work.cancel()
        }
    }

    /// Resumes a continuation once, with the first result.
    private final class Race<Value: Sendable>: Sendable {
        private enum State {
            case open
            case waiting(CheckedContinuation<Value, any Error>)
            case ended(Result<Value, any Error>)
            case done
        }

        private let state = Mutex(State.open)

        func begin(_ continuation: CheckedContinuation<Value, any Error>) {
            let result: Result<Value, any Error>? = state.withLock { state in
                if case .ended(let result) = state {
                    state = .done
                    return result
                }
                state = .waiting(continuation)
                return nil
            }
            if let result { continuation.resume(with: result) }
        }

        func end(_ result: Result<Value, any Error>) {
            let continuation: CheckedContinuation<Value, any Error>? = state.withLock { state in
                switch state {
                case .open: state = .ended(result)
                case .waiting(let continuation):
                    state = .done
                    return continuation
                case .ended, .done: break
                }
                return nil
            }
            continuation?.resume(with: result)
        }
    }
}
