// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// Answers on their way to one client.
final class Outbox: Sendable {
    let messages: AsyncStream<TransportMessage>
    private let entrance: AsyncStream<TransportMessage>.Continuation
    /// Bytes that are not delivered yet; `nil` once nobody takes any more.
    private let waiting = Mutex<Int?>(0)

    init() { (messages, entrance) = AsyncStream.makeStream() }

    /// Bytes that are not delivered yet.
    var bytes: Int { waiting.withLock { $0 ?? 0 } }

    func put(_ message: TransportMessage) {
        let isOpen = waiting.withLock { waiting in
            waiting.map { waiting = $0 + message.byteCount } != nil
        }
        if isOpen { entrance.yield(message) }
    }

    func delivered(_ message: TransportMessage) { waiting.withLock { $0 = $0.map { $0 - message.byteCount } } }

    /// Takes nothing more, and forgets what is not delivered.
    func finish() {
        waiting.withLock { $0 = nil }
        entrance.finish()
    }
}

extension TransportMessage {
    fileprivate var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}

/// The outboxes of all clients.
final class Outboxes: Sendable {
    private let all = Mutex<[Int: Outbox]>([:])

    func open(for client: Int) -> Outbox {
        let outbox = Outbox()
        all.withLock { $0[client] = outbox }
        return outbox
    }

    func close(for client: Int) {
        all.withLock { $0.removeValue(forKey: client) }?.finish()
    }

    /// Waits until everything is delivered, for five seconds at most: a busy machine must not cost the last answer.
    func drain() async {
        for _ in 0..<1000 {
            if all.withLock({ $0.values.allSatisfy { $0.bytes == 0 } }) { return }
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
