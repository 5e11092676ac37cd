// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// All requests that are queued or running, so that they can be cancelled.
final class TaskRegistry: Sendable {
    private struct Entry {
        var task: ServerTask
        var isCancellable: Bool
        var endsWithClient: Bool
        var bytes: Int
    }

    private let entries = Mutex<[Entry]>([])

    func add(_ task: ServerTask, isCancellable: Bool, endsWithClient: Bool, bytes: Int) {
        entries.withLock {
            $0.append(
                Entry(task: task, isCancellable: isCancellable, endsWithClient: endsWithClient, bytes: bytes))
        }
    }

    func remove(_ task: ServerTask) {
        entries.withLock { $0.removeAll { $0.task === task } }
    }

    /// How many requests of a client wait or run, and how many bytes they hold.
    func load(of client: Int) -> (count: Int, bytes: Int) {
        entries.withLock { entries in
            entries.reduce(into: (count: 0, bytes: 0)) { sum, entry in
                guard entry.task.client == client else { return }
                sum.count += 1
                sum.bytes += entry.bytes
            }
        }
    }

    /// Cancels a client's own request.
    func cancel(_ id: RPCID, of client: Int) throws(RPCFailure) {
        let found = entries.withLock { entries in
            entries.first { $0.task.client == client && $0.task.id == id }
        }
        guard let found else { throw .invalidParams("No requests found with ID \(id).") }
        guard found.isCancellable else { throw .invalidParams("Method '\(found.task.method)' is not cancellable.") }
        found.task.cancel()
    }

    /// Cancels what nobody waits for any more.
    func clientLeft(_ client: Int) {
        let orphans = entries.withLock { entries in
            entries.filter { $0.task.client == client && $0.endsWithClient }.map(\.task)
        }
        for task in orphans { task.cancel() }
    }

    func cancelAll() {
        for task in entries.withLock({ $0.map(\.task) }) { task.cancel() }
    }
}
