// SPDX-License-Identifier: Apache-2.0

/// Speaks JSON-RPC over one connection; any number of requests may be under way at once.
public final class RPCClient: Sendable {
    /// What becomes of a request whose task is cancelled.
    public enum Cancellation: Sendable {
        /// Asks the server to cancel and waits, up to a bound, until it really has.
        case sendCancel
        /// Forgets the request; its answer is dropped when it comes.
        case dropLocally
    }

    private let connection: any MessageConnection

    /// Takes over an open connection; nobody else may read from it.
    public init(connection: any MessageConnection) { self.connection = connection }

    /// Who is at the other end.
    public var peer: String { connection.peer }

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
        throw ConnectionError(.closed, "not there yet")
    }

    /// Ends the connection; requests under way fail.
    public func close() async { await connection.close() }
}
