// SPDX-License-Identifier: Apache-2.0

/// Why a call of an Omniverse service brought no answer, or one that is a refusal.
public struct OmniverseError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable {
        /// What was given as an address is none.
        case badAddress
        /// No transport is registered for the address's scheme.
        case transportNotFound
        /// The service has no such endpoint or item: status 404.
        case notFound
        /// The service answered with another status of 400 and above.
        case refused
        /// An argument that no request can carry.
        case badArgument
        /// The answer is not what was asked for.
        case unreadable
        /// Redirects that go round or lead to another origin.
        case redirected
        /// No connection, no trust, or no answer in time; `underlying` says which.
        case unreachable
        /// A client that was stopped is called again.
        case stopped
    }

    public var code: Code
    /// One sentence: what was asked of whom, what came back.
    public var message: String
    /// The address without its query, where a request was made.
    public var url: String?
    /// What the service answered, where it did: status, reason, headers, body.
    public var reply: ServiceReply?
    public var underlying: (any Error)?

    public init(
        _ code: Code, _ message: String, url: String? = nil, reply: ServiceReply? = nil, underlying: (any Error)? = nil
    ) {
        (self.code, self.message, self.url) = (code, message, url)
        (self.reply, self.underlying) = (reply, underlying)
    }

    /// The HTTP status, where there was an answer.
    public var status: Int? { reply?.status }
    public var description: String { message }
}
