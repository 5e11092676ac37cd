// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The newest of a row of values, for any number of readers that may be slower than the writer.
///
/// Nothing is queued: a reader that comes late gets the newest value and never sees those before. So memory stays the
/// same however fast values come.
final class Latest<Element: Sendable>: Sendable {
    /// A value and its place in the row.
    struct Stamped: Sendable {
        var value: Element
        var number: Int
    }

    private struct State {
        var newest: Stamped?
        /// How many values there have been.
        var count = 0
        var end: Result<Void, any Error>?
        var readers: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextTicket = 0
        /// Readers that were cancelled before they began to wait.
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    /// The newest value, if there has been one.
    var newest: Element? { state.withLock { $0.newest?.value } }

    var isFinished: Bool { state.withLock { $0.end != nil } }

    func publish(_ value: Element) {
        wake { state in
            guard state.end == nil else { return }
            state.count += 1
            state.newest = Stamped(value: value, number: state.count)
        }
    }

    /// Forgets the newest value, so that readers wait for another.
    func discard() { state.withLock { $0.newest = nil } }

    /// Nothing comes any more; readers still get the newest value.
    func finish(throwing error: (any Error)? = nil) {
        wake { state in
            if state.end == nil { state.end = error.map { .failure($0) } ?? .success(()) }
        }
    }

    /// The newest value once there is one after `number`; `nil` at the end and when the reader is cancelled.
    ///
    /// - Throws: what the row was ended with.
    func next(after number: Int) async throws -> Stamped? {
        while !Task.isCancelled {
            let (stamped, end) = state.withLock { ($0.newest, $0.end) }
            if let stamped, stamped.number > number { return stamped }
            if let end {
                try end.get()
                return nil
            }
            await change(since: number)
        }
        return nil
    }

    private func change(since number: Int) async {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    let isNews = (state.newest?.number ?? 0) > number || state.end != nil
                    if state.cancelled.remove(ticket) != nil || isNews { return true }
                    state.readers[ticket] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let reader = state.withLock { state in
                let reader = state.readers.removeValue(forKey: ticket)
                if reader == nil { state.cancelled.insert(ticket) }
                return reader
            }
            reader?.resume()
        }
        state.withLock { _ = $0.cancelled.remove(ticket) }
    }

    private func wake(_ change: (inout State) -> Void) {
        let readers = state.withLock { state in
            change(&state)
            defer { state.readers = [:] }
            return state.readers
        }
        for reader in readers.values { reader.resume() }
    }
}
