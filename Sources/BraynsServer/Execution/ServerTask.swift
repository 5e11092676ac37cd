// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// One request on its way: queued, running, or cancelled.
final class ServerTask: Sendable {
    let client: Int
    let id: RPCID?
    let method: String
    /// Hands a message to the client; never waits.
    private let send: @Sendable (TransportMessage) -> Void
    private let cancelled = Atomic(false)
    private let lastWord = Mutex<ContinuousClock.Instant?>(nil)

    init(client: Int, id: RPCID?, method: String, send: @escaping @Sendable (TransportMessage) -> Void) {
        (self.client, self.id, self.method, self.send) = (client, id, method, send)
    }

    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    func cancel() { cancelled.store(true, ordering: .relaxed) }

    /// Throws error 20 when the client has cancelled.
    func check() throws(RPCFailure) {
        if isCancelled { throw .cancelled }
    }

    /// Tells the client how far the request has come.
    func report(_ operation: String, _ amount: Double) {
        lastWord.withLock { $0 = .now }
        guard let id else { return }
        send(RPCResponse.progress(method: method, id: id, amount: amount, operation: operation))
    }

    /// The same, at most once a second.
    func reportSometimes(_ operation: String, _ amount: Double) {
        let isDue = lastWord.withLock { last in
            guard let before = last else { return true }
            return ContinuousClock.now - before >= .seconds(1)
        }
        if isDue { report(operation, amount) }
    }

    /// Sends the answer; a notification gets none.
    func answer(_ outcome: Result<Answer, RPCError>) {
        guard let id else { return }
        switch outcome {
        case .success(let answer): send(RPCResponse.result(id: id, answer.result, payload: answer.payload))
        case .failure(let error): send(RPCResponse.error(id: id, error))
        }
    }
}
