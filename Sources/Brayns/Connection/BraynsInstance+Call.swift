// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension BraynsInstance {
    /// Told how far the server has come with a request: 0…1 and what it is at; may come thousands of times.
    public typealias ProgressHandler = @Sendable (RPCProgress) -> Void

    /// Sends one request and waits for its answer, as it came.
    ///
    /// - Parameters:
    ///   - params: the parameters; leave them out for methods that take none: a server refuses even an empty object.
    ///   - payload: bytes that travel behind the JSON.
    /// - Throws: `BraynsError`; `CancellationError` when the waiting task was cancelled.
    public func send(
        _ method: String, _ params: JSONValue? = nil, payload: [UInt8]? = nil, progress: ProgressHandler? = nil
    ) async throws -> RPCReply {
        do {
            return try await client.call(
                method, params, payload: payload,
                cancellation: Self.cancellableMethods.contains(method) ? .sendCancel : .dropLocally,
                deadline: deadline, stage: method, progress: progress)
        } catch let error as RPCError {
            let details = error.details.isEmpty ? "" : " (" + error.details.joined(separator: "; ") + ")"
            throw BraynsError(
                .server, "\(peer) refused \(method): \(error.message)\(details)", answer: error, underlying: error)
        } catch let error as ConnectionError {
            throw BraynsError(error.code == .deadline ? .deadline : .connectionLost, error.message, underlying: error)
        }
    }

    /// Calls any method with parameters and result of the caller's types.
    ///
    /// - Throws: `BraynsError`, `.badReply` when the result is not a `Result`; `CancellationError`.
    public func call<Result: Decodable>(
        _ method: String, _ params: some Encodable, as type: Result.Type, progress: ProgressHandler? = nil
    ) async throws -> Result {
        try result(of: method, try await send(method, try json(params, for: method), progress: progress), as: type)
    }

    /// Calls any method without parameters.
    ///
    /// - Throws: `BraynsError`, `.badReply` when the result is not a `Result`; `CancellationError`.
    public func call<Result: Decodable>(_ method: String, as type: Result.Type) async throws -> Result {
        try result(of: method, try await send(method), as: type)
    }

    /// Calls any method with parameters and without a result.
    public func call(_ method: String, _ params: some Encodable) async throws {
        _ = try await send(method, try json(params, for: method))
    }

    /// Calls any method without parameters and without a result.
    public func call(_ method: String) async throws { _ = try await send(method) }

    func json(_ params: some Encodable, for method: String) throws -> JSONValue {
        do {
            return try (params as? JSONValue) ?? JSONValue(encoding: params)
        } catch {
            throw BraynsError(
                .badArgument, "The parameters of \(method) cannot be written as JSON: \(error)", underlying: error)
        }
    }

    func result<Result: Decodable>(of method: String, _ reply: RPCReply, as type: Result.Type) throws -> Result {
        do {
            return try (reply.result as? Result) ?? reply.result.decode(type)
        } catch {
            throw BraynsError(
                .badReply, "\(peer) answered \(method) with something that is not its result: \(error)",
                underlying: error)
        }
    }
}
