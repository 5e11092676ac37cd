// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// A request as it goes to a service.
public struct WireRequest: Sendable {
    public var method: HTTPRequest.Method
    /// Path and query, percent-encoded.
    public var target: String
    public var headers: HTTPFields
    /// `nil` sends none.
    public var body: [UInt8]?

    public init(method: HTTPRequest.Method, target: String, headers: HTTPFields = [:], body: [UInt8]? = nil) {
        (self.method, self.target, self.headers, self.body) = (method, target, headers, body)
    }
}

/// What carries requests to a service: a connection, or a call within this process.
public protocol ServiceTransport: Sendable {
    /// Scheme and authority, as messages name the service.
    var address: String { get }

    /// Sends a request; every status is an answer.
    ///
    /// - Throws: `OmniverseError` with `.unreachable`; `CancellationError`.
    func exchange(_ request: WireRequest) async throws -> ServiceReply

    /// The path and query of a link that the service gave.
    ///
    /// - Throws: `OmniverseError` with `.redirected` when it leads to another origin.
    func target(ofLink link: String) throws(OmniverseError) -> String
}

/// A service within this process, which `local://` addresses reach.
public protocol ServiceApplication: Sendable {
    /// Answers a request as it would over a connection.
    func respond(to request: WireRequest) async -> ServiceReply
}
