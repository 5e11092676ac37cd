// SPDX-License-Identifier: Apache-2.0

/// A request as a server sees it.
public struct RPCRequest: Sendable, Hashable {
    /// `nil` makes it a notification: executed, never answered.
    public var id: RPCID?
    /// The method's name, never empty.
    public var method: String
    /// `nil` when the member is absent.
    public var params: JSONValue?
    /// What followed the JSON of a binary message; empty when the message was text.
    public var payload: [UInt8]

    public init(id: RPCID?, method: String, params: JSONValue? = nil, payload: [UInt8] = []) {
        self.id = id
        self.method = method
        self.params = params
        self.payload = payload
    }
}
