// SPDX-License-Identifier: Apache-2.0

/// An error answer of JSON-RPC: what a server sends, and what a caller catches.
public struct RPCError: Error, Sendable, Hashable {
    /// The number that tells the kind of error; see the constants below.
    public var code: Int
    /// One sentence for people.
    public var message: String
    /// Details; Brayns sends an array of strings, one for each breach of a schema.
    public var data: JSONValue?

    public init(code: Int, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The message was no JSON.
    public static let parseErrorCode = -32700
    /// The message was no JSON-RPC request.
    public static let invalidRequestCode = -32600
    /// There is no such method.
    public static let methodNotFoundCode = -32601
    /// The parameters do not fit the method.
    public static let invalidParamsCode = -32602
    /// The method failed.
    public static let internalErrorCode = -32603
    /// The task was cancelled on request.
    public static let cancelledCode = 20

    /// The details as lines of text; empty when there are none.
    public var details: [String] { data?.arrayValue?.compactMap(\.stringValue) ?? [] }
}
