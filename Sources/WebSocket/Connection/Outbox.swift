// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// What waits to be sent on a connection.
///
/// Every sender waits until its message has left, so that no more can pile up than there are tasks.
final class Outbox: Sendable {
    struct Entry: Sendable {
        let number: UInt64
        let message: TransportMessage
        let sender: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var lastNumber: UInt64 = 0
        var queue = Queue<Entry>()
        /// The sender of the message that the library has and the system has not yet taken.
        var inFlight: (number: UInt64, sender: CheckedContinuation<Void, any Error>)?
        /// Why nothing can be sent any more.
        var end: WebSocketError?
    }

    private let state = Mutex(State())

    /// Puts a message in line and returns when it has left.
    ///
    /// A cancelled sender returns at once; a message that has begun to leave leaves whole.
    func send(_ message: TransportMessage, wake: () -> Void) async throws {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (sender: CheckedContinuation<Void, any Error>) in
                let end = state.withLock { state in
                    if state.end == nil {
                        state.queue.append(Entry(number: number, message: message, sender: sender))
                    }
                    return state.end
                }
                if let end { return sender.resume(throwing: end) }
                wake()
                if Task.isCancelled { cancel(number) }
            }
        } onCancel: {
            cancel(number)
        }
    }

    private func cancel(_ number: UInt64) {
        let sender: CheckedContinuation<Void, any Error>? = state.withLock { state in
            if let entry = state.queue.remove(where: { $0.number == number }) { return entry.sender }
            guard let inFlight = state.inFlight, inFlight.number == number else { return nil }
            state.inFlight = nil
            return inFlight.sender
        }
        sender?.resume(throwing: CancellationError())
    }

    /// The next message to hand to the library; it counts as under way from here on.
    func takeNext() -> TransportMessage? {
        state.withLock { state in
            guard let entry = state.queue.popFirst() else { return nil }
            state.inFlight = (entry.number, entry.sender)
            return entry.message
        }
    }

    /// The message under way has left, or has failed to.
    func finishInFlight(_ error: WebSocketError? = nil) {
        let sender = state.withLock { state in
            defer { state.inFlight = nil }
            return state.inFlight?.sender
        }
        if let error { sender?.resume(throwing: error) } else { sender?.resume() }
    }

    /// Takes nothing more; what is in line still goes out.
    func refuse(_ error: WebSocketError) { state.withLock { if $0.end == nil { $0.end = error } } }

    /// Fails everything that has not left.
    func end(_ error: WebSocketError) {
        refuse(error)
        let entries = state.withLock { $0.queue.removeAll() }
        finishInFlight(error)
        for entry in entries { entry.sender.resume(throwing: error) }
    }
}
