// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// What a connection has received and nobody has fetched yet.
final class Inbox: Sendable {
    private struct State {
        var queue = Queue<ArrivedMessage>()
        var bytes = 0
        var waiter: CheckedContinuation<ArrivedMessage?, any Error>?
        /// How it ended; the inner error is `nil` after a good end.
        var end: WebSocketError??
        var isFull = false
    }

    /// Beyond either bound the connection stops reading.
    private static let maximumCount = 1024
    private static let maximumBytes = 64 << 20

    private let state = Mutex(State())

    /// Puts a message in; `true` asks for a pause in reading.
    func put(_ message: ArrivedMessage) -> Bool {
        let (waiter, isFull): (CheckedContinuation<ArrivedMessage?, any Error>?, Bool) = state.withLock { state in
            guard state.end == nil else { return (nil, false) }
            if let waiter = state.waiter {
                state.waiter = nil
                return (waiter, false)
            }
            state.queue.append(message)
            state.bytes += message.message.byteCount
            state.isFull = state.queue.count >= Self.maximumCount || state.bytes >= Self.maximumBytes
            return (nil, state.isFull)
        }
        waiter?.resume(returning: message)
        return isFull
    }

    /// Says that nothing more will come; what lies here can still be fetched.
    func end(_ error: WebSocketError?) {
        let waiter = state.withLock { state in
            guard state.end == nil else { return nil as CheckedContinuation<ArrivedMessage?, any Error>? }
            state.end = .some(error)
            defer { state.waiter = nil }
            return state.waiter
        }
        guard let waiter else { return }
        if let error { waiter.resume(throwing: error) } else { waiter.resume(returning: nil) }
    }

    /// Fetches the next message, `nil` after a good end or when the task is cancelled.
    ///
    /// - Parameter resume: called when there is room again after a pause.
    func next(resume: () -> Void) async throws -> ArrivedMessage? {
        let message = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                wait(continuation)
                if Task.isCancelled { release() }
            }
        } onCancel: {
            release()
        }
        let hasRoom = state.withLock { state in
            guard state.isFull, state.queue.count < Self.maximumCount / 2, state.bytes < Self.maximumBytes / 2 else {
                return false
            }
            state.isFull = false
            return true
        }
        if hasRoom { resume() }
        return message
    }

    private enum Outcome {
        case message(ArrivedMessage)
        case end(WebSocketError?)
        case busy
    }

    private func wait(_ continuation: CheckedContinuation<ArrivedMessage?, any Error>) {
        let outcome: Outcome? = state.withLock { state in
            if let message = state.queue.popFirst() {
                state.bytes -= message.message.byteCount
                return .message(message)
            }
            if let end = state.end { return .end(end) }
            guard state.waiter == nil else { return .busy }
            state.waiter = continuation
            return nil
        }
        switch outcome {
        case .message(let message): continuation.resume(returning: message)
        case .end(nil): continuation.resume(returning: nil)
        case .end(.some(let error)): continuation.resume(throwing: error)
        case .busy:
            continuation.resume(
                throwing: WebSocketError(.configuration, "two tasks read from one connection; only one may"))
        case nil: break
        }
    }

    private func release() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }
}

extension TransportMessage {
    var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}
