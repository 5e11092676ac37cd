// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension BraynsInstance {
    /// Calls a method.
    ///
    /// - Parameter payload: bytes that travel behind the JSON, for `upload-model`.
    /// - Throws: `BraynsError`, `.badReply` when the result is not what the method gives; `CancellationError`.
    public func call<Parameters, Result>(
        _ method: Method<Parameters, Result>, _ parameters: Parameters, payload: [UInt8]? = nil,
        progress: ProgressHandler? = nil
    ) async throws -> Result {
        let reply = try await send(
            method.name, try json(parameters, for: method.name), payload: payload, progress: progress)
        return try result(of: method.name, reply, as: Result.self)
    }

    /// Calls a method that takes nothing.
    ///
    /// - Throws: `BraynsError`, `.badReply` when the result is not what the method gives; `CancellationError`.
    public func call<Result>(_ method: Method<NoValue, Result>) async throws -> Result {
        try result(of: method.name, try await send(method.name), as: Result.self)
    }

    /// Calls a method that gives nothing.
    ///
    /// - Throws: `BraynsError`; `CancellationError`.
    public func call<Parameters>(_ method: Method<Parameters, NoValue>, _ parameters: Parameters) async throws {
        _ = try await send(method.name, try json(parameters, for: method.name))
    }

    /// Calls a method that neither takes nor gives.
    ///
    /// - Throws: `BraynsError`; `CancellationError`.
    public func call(_ method: Method<NoValue, NoValue>) async throws { _ = try await send(method.name) }
}
