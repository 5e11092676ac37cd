// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes
import Synchronization

/// Puts an access token into every request; many calls at once share one renewal.
final class CoreAuthorization: RequestAuthorizer {
    private static let prefix = "Bearer "
    private let login: CoreLogin
    private let cache: TokenCache
    private let latest = Mutex<Secret?>(nil)

    init(_ login: CoreLogin, configuration: ServiceConfiguration) {
        self.login = login
        cache = TokenCache(login, clock: configuration.clock, logger: configuration.logger)
    }

    func authorize(_ request: inout HTTPRequest, body: RequestBody) async throws {
        let token = try await cache.token().value
        latest.withLock { $0 = token }
        if token != CoreLogin.none { request.headerFields[.authorization] = Self.prefix + token.reveal() }
    }

    func renew(after request: HTTPRequest) -> Bool {
        let sent = request.headerFields[.authorization]
        return cache.discard(sent.map { Secret(String($0.dropFirst(Self.prefix.count))) } ?? CoreLogin.none)
    }

    /// Drops the token in use, so that the next call gets another.
    func drop() {
        if let token = latest.withLock({ $0 }) { _ = cache.discard(token) }
    }

    /// Logs in now, whatever tokens there are.
    func logIn() async throws -> CoreTokens {
        drop()
        login.forget()
        let token = try await cache.token().value
        latest.withLock { $0 = token }
        return CoreTokens(access: token, refresh: login.refreshToken)
    }
}
