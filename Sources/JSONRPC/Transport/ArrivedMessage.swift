// SPDX-License-Identifier: Apache-2.0

/// A message with the instants of its arrival.
public struct ArrivedMessage: Sendable {
    public var message: TransportMessage
    /// When its first byte came, if the transport can tell.
    public var firstByteAt: ContinuousClock.Instant?
    /// When its last byte came.
    public var receivedAt: ContinuousClock.Instant

    public init(
        _ message: TransportMessage, firstByteAt: ContinuousClock.Instant? = nil,
        receivedAt: ContinuousClock.Instant = .now
    ) {
        self.message = message
        self.firstByteAt = firstByteAt
        self.receivedAt = receivedAt
    }
}

/// A connection that can also tell when messages began to arrive.
public protocol TimedMessageConnection: MessageConnection {
    /// The next message, or `nil` after a good end; takes from the same queue as `messages`.
    ///
    /// - Throws: what `messages` would throw.
    func nextArrival() async throws -> ArrivedMessage?
}

/// An error of a transport that says what kind of end it is.
public protocol ConnectionFailure: Error {
    var connectionCode: ConnectionError.Code { get }
    /// One sentence for people.
    var message: String { get }
}
