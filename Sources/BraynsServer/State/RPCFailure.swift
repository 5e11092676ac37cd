// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// An error answer in the making, under its code of the protocol.
struct RPCFailure: Error {
    var code: Int
    var message: String
    var data: [String] = []

    /// The request cannot be served in this state.
    static func invalidRequest(_ message: String) -> RPCFailure { RPCFailure(code: -32600, message: message) }
    static func methodNotFound(_ method: String) -> RPCFailure {
        RPCFailure(code: -32601, message: "Method '\(method)' not found")
    }
    static func invalidParams(_ message: String, _ data: [String] = []) -> RPCFailure {
        RPCFailure(code: -32602, message: message, data: data)
    }
    static func internalError(_ message: String) -> RPCFailure { RPCFailure(code: -32603, message: message) }
    /// What the protocol has no code for, such as a model without the part asked for.
    static func general(_ message: String) -> RPCFailure { RPCFailure(code: 0, message: message) }
    static let cancelled = RPCFailure(code: 20, message: "Task has been cancelled")

    var rpcError: RPCError {
        RPCError(
            code: code, message: message, data: data.isEmpty ? nil : .array(data.map { .string($0) }))
    }
}
