// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// The step that proves who calls: the last one before a request leaves, taken anew for each try.
public protocol RequestAuthorizer: Sendable {
    /// Adds the proof to a request that is otherwise complete.
    ///
    /// - Throws: `ServiceError`; `CancellationError`.
    func authorize(_ request: inout HTTPRequest, body: RequestBody) async throws
    /// Told that a request was answered with 401; gives whether another proof can be had, so that one more try is worth it.
    func renew(after request: HTTPRequest) -> Bool
}

/// For services, or calls, that ask nobody who they are.
public struct NoAuthorization: RequestAuthorizer {
    public init() {}
    public func authorize(_ request: inout HTTPRequest, body: RequestBody) {}
    public func renew(after request: HTTPRequest) -> Bool { false }
}

/// Puts a token into the header `Authorization`.
public struct BearerAuthorization: RequestAuthorizer {
    private static let prefix = "Bearer "
    private let source: any TokenSource

    public init(_ source: any TokenSource) { self.source = source }

    public func authorize(_ request: inout HTTPRequest, body: RequestBody) async throws {
        request.headerFields[.authorization] = Self.prefix + (try await source.token()).value.reveal()
    }

    public func renew(after request: HTTPRequest) -> Bool {
        guard let sent = request.headerFields[.authorization], sent.hasPrefix(Self.prefix) else { return false }
        return source.discard(Secret(String(sent.dropFirst(Self.prefix.count))))
    }
}
