// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The part of a client that its reading and writing tasks share with the callers.
final class RPCClientCore: Sendable {
    struct State: Sendable {
        var lastID: Int64 = 0
        var waiters: [RPCID: RPCWaiter] = [:]
        /// Why nothing can be sent any more.
        var end: ConnectionError?
        var tasks: [Task<Void, Never>] = []
    }

    struct Outgoing: Sendable {
        var id: RPCID
        var message: TransportMessage
    }

    let connection: any MessageConnection
    let cancelBound: Duration
    let state = Mutex(State())
    private let outgoing: AsyncStream<Outgoing>
    private let line: AsyncStream<Outgoing>.Continuation

    init(connection: any MessageConnection, cancelBound: Duration) {
        self.connection = connection
        self.cancelBound = cancelBound
        (outgoing, line) = AsyncStream.makeStream()
    }

    func start() {
        let tasks = [Task { await self.write() }, Task { await self.read() }]
        state.withLock { $0.tasks = tasks }
    }

    var isOpen: Bool { state.withLock { $0.end == nil } }

    func newID() -> RPCID {
        state.withLock {
            $0.lastID += 1
            return .int($0.lastID)
        }
    }

    /// Registers a request and puts it in line.
    func begin(_ id: RPCID, _ waiter: RPCWaiter, _ message: TransportMessage, deadline: Duration?) {
        let end = state.withLock { state in
            if state.end == nil { state.waiters[id] = waiter }
            return state.end
        }
        if let end { return waiter.finish(.failure(described(end, for: waiter))) }
        line.yield(Outgoing(id: id, message: message))
        if let deadline { arm(id, after: deadline) { $0.expire(id, after: deadline) } }
    }

    /// Sets the one timer of a request.
    private func arm(_ id: RPCID, after time: Duration, _ action: @escaping @Sendable (RPCClientCore) -> Void) {
        let timer = Alarm(after: time) { [weak self] in
            if let self { action(self) }
        }
        let obsolete: Alarm? = state.withLock { state in
            guard let previous = state.waiters[id] else { return timer }
            state.waiters[id]?.timer = timer
            return previous.timer
        }
        obsolete?.cancel()
    }

    func take(_ id: RPCID) -> RPCWaiter? { state.withLock { $0.waiters.removeValue(forKey: id) } }

    // MARK: Ends of a wait that the server did not bring about

    private func expire(_ id: RPCID, after deadline: Duration) {
        guard let waiter = take(id) else { return }
        if waiter.cancellation == .sendCancel, waiter.sentAt != nil { sendCancel(id) }
        let message =
            "\(connection.peer) did not answer \(waiter.method) (\(waiter.stage)) within \(deadline.text): it may be "
            + "busy with other work or hang; allow more time or look at the server"
        waiter.finish(.failure(ConnectionError(.deadline, message)))
    }

    /// The task that made the request does not want its answer any more.
    func cancel(_ id: RPCID) {
        var mustAsk = false
        let dropped: RPCWaiter? = state.withLock { state in
            guard var waiter = state.waiters[id], !waiter.isCancelling else { return nil }
            waiter.isCancelling = true
            mustAsk = waiter.cancellation == .sendCancel && waiter.sentAt != nil
            state.waiters[id] = mustAsk ? waiter : nil
            return mustAsk ? nil : waiter
        }
        dropped?.finish(.failure(CancellationError()))
        guard mustAsk else { return }
        sendCancel(id)
        arm(id, after: cancelBound) { core in core.take(id)?.finish(.failure(CancellationError())) }
    }

    private func sendCancel(_ id: RPCID) {
        let cancelID = newID()
        let message = RPCClient.request(id: cancelID, method: "cancel", params: ["id": id.json], payload: nil)
        line.yield(Outgoing(id: cancelID, message: message))
    }

    /// Ends everything; the first reason given stands.
    func end(_ reason: ConnectionError) {
        let (waiters, tasks) = state.withLock { state in
            if state.end == nil { state.end = reason }
            defer {
                state.waiters = [:]
                state.tasks = []
            }
            return (state.waiters, state.tasks)
        }
        line.finish()
        for waiter in waiters.values { waiter.finish(.failure(described(reason, for: waiter))) }
        for task in tasks { task.cancel() }
    }

    func shutDown() async {
        end(ConnectionError(.closed, "the connection to \(connection.peer) has been closed"))
        await connection.close()
    }

    /// The same reason, with what was under way.
    private func described(_ reason: ConnectionError, for waiter: RPCWaiter) -> ConnectionError {
        ConnectionError(
            reason.code, "\(waiter.method) (\(waiter.stage)) got no answer: \(reason.message)",
            underlying: reason.underlying)
    }

    // MARK: Writing

    private func write() async {
        for await outgoing in outgoing {
            guard mayBeSent(outgoing) else { continue }
            do {
                try await connection.send(outgoing.message)
            } catch {
                fail(outgoing.id, error)
            }
        }
    }

    /// Marks a request as sent, unless its caller is gone. What has no caller is a `cancel`.
    private func mayBeSent(_ outgoing: Outgoing) -> Bool {
        state.withLock { state in
            guard state.end == nil else { return false }
            if state.waiters[outgoing.id] == nil { return isCancelRequest(outgoing.message) }
            state.waiters[outgoing.id]?.sentAt = .now
            return true
        }
    }

    private func isCancelRequest(_ message: TransportMessage) -> Bool {
        guard case .text(let text) = message else { return false }
        return text.contains(#""method":"cancel""#)
    }

    private func fail(_ id: RPCID, _ error: any Error) {
        guard let waiter = take(id) else { return }
        waiter.finish(.failure(described(ConnectionError(wrapping: error, peer: connection.peer), for: waiter)))
    }
}

extension ConnectionError {
    /// What a transport threw, as an end of the connection.
    init(wrapping error: any Error, peer: String) {
        switch error {
        case let error as ConnectionError: self = error
        case let error as any ConnectionFailure: self.init(error.connectionCode, error.message, underlying: error)
        default: self.init(.lost, "the connection to \(peer) was lost: \(error)", underlying: error)
        }
    }
}

extension Duration {
    /// The duration for people: "10 s", "0.25 s".
    var text: String {
        let seconds = Double(components.seconds) + Double(components.attoseconds) * 1e-18
        return JSONWriter.text(of: (seconds * 1000).rounded() / 1000) + " s"
    }
}
