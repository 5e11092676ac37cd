// SPDX-License-Identifier: Apache-2.0

/// A server's answer to one request.
public struct RPCReply: Sendable {
    /// The result as the server gave it; `.null` for methods that return nothing.
    public var result: JSONValue
    /// The bytes that followed the JSON; empty when the reply was text.
    public var payload: [UInt8]
    /// When what happened.
    public var timing: RPCTiming

    public init(result: JSONValue, payload: [UInt8] = [], timing: RPCTiming) {
        self.result = result
        self.payload = payload
        self.timing = timing
    }
}

/// The instants of one request, for measurements.
public struct RPCTiming: Sendable, Hashable {
    /// When the request was handed to the transport.
    public var sentAt: ContinuousClock.Instant
    /// When the first byte of the reply came, if the transport can tell.
    public var firstByteAt: ContinuousClock.Instant?
    /// When the whole reply was there.
    public var receivedAt: ContinuousClock.Instant

    public init(
        sentAt: ContinuousClock.Instant, firstByteAt: ContinuousClock.Instant? = nil,
        receivedAt: ContinuousClock.Instant
    ) {
        self.sentAt = sentAt
        self.firstByteAt = firstByteAt
        self.receivedAt = receivedAt
    }
}

/// How far a server has come with a request.
public struct RPCProgress: Sendable, Hashable {
    /// The request this belongs to.
    public var id: RPCID
    /// From 0 to 1; servers need not reach 1.
    public var amount: Double
    /// What the server is at.
    public var operation: String

    public init(id: RPCID, amount: Double, operation: String) {
        self.id = id
        self.amount = amount
        self.operation = operation
    }
}
