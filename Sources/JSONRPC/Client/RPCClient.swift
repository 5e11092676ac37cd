// SPDX-License-Identifier: Apache-2.0

/// Speaks JSON-RPC over one connection; any number of requests may be under way at once.
///
/// Requests of one task go out in the order of their calls. Answers find their requests by id, in any order;
/// an answer that nobody waits for any more is dropped.
public final class RPCClient: Sendable {
    /// What becomes of a request whose task is cancelled.
    public enum Cancellation: Sendable {
        /// Asks the server to cancel and waits, up to a bound, until it really has.
        case sendCancel
        /// Forgets the request; its answer is dropped when it comes.
        case dropLocally
    }

    private let core: RPCClientCore

    /// Takes over an open connection; nobody else may read from it.
    ///
    /// - Parameter cancelBound: how long a cancelled request waits for the server's last word. A real Brayns
    ///   gives it only when the whole frame is done.
    public init(connection: any MessageConnection, cancelBound: Duration = .seconds(120)) {
        core = RPCClientCore(connection: connection, cancelBound: cancelBound)
        core.start()
    }

    deinit {
        let core = core
        Task { await core.shutDown() }
    }

    /// Who is at the other end.
    public var peer: String { core.connection.peer }

    /// Whether the connection can still carry requests.
    public var isOpen: Bool { core.isOpen }

    /// Sends one request and waits for its answer.
    ///
    /// - Parameters:
    ///   - params: left out of the message when `nil`.
    ///   - payload: makes the request one binary message.
    ///   - deadline: how long to wait for the answer; `nil` waits as long as the connection lives.
    ///   - stage: what the caller is at, for the error sentence: "load model bunny.ply".
    ///   - progress: called for each word from the server, in order, before the answer is returned.
    /// - Throws: `RPCError` when the server refused, `ConnectionError` when no answer came,
    ///   `CancellationError` when the task was cancelled.
    public func call(
        _ method: String, _ params: JSONValue? = nil, payload: [UInt8]? = nil,
        cancellation: Cancellation = .dropLocally, deadline: Duration? = nil, stage: String = "request",
        progress: (@Sendable (RPCProgress) -> Void)? = nil
    ) async throws -> RPCReply {
        try Task.checkCancellation()
        let id = core.newID()
        let message = Self.request(id: id, method: method, params: params, payload: payload)
        let core = core
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = RPCWaiter(
                    method: method, stage: stage, cancellation: cancellation, progress: progress,
                    continuation: continuation)
                core.begin(id, waiter, message, deadline: deadline)
                // A cancellation before this point found no waiter to tell.
                if Task.isCancelled { core.cancel(id) }
            }
        } onCancel: {
            core.cancel(id)
        }
    }

    /// Ends the connection; requests under way fail.
    public func close() async { await core.shutDown() }

    static func request(id: RPCID, method: String, params: JSONValue?, payload: [UInt8]?) -> TransportMessage {
        var members: [String: JSONValue] = ["id": id.json, "jsonrpc": "2.0", "method": .string(method)]
        members["params"] = params
        let json = JSONValue.object(members).serialized()
        guard let payload else { return .text(json) }
        return .binary(BinaryFrame.encode(json: json, payload: payload))
    }
}
