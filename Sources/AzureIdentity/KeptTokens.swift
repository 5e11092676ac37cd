// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Synchronization

/// Keeps the tokens of a credential for all who share it, one a scope, until they are due.
public final class KeptTokens: EntraCredential {
    private let credential: any EntraCredential
    private let clock: ServiceClock
    private let caches = Mutex<[String: TokenCache]>([:])

    public init(_ credential: any EntraCredential, clock: ServiceClock = .system) {
        (self.credential, self.clock) = (credential, clock)
    }

    public func token(for scope: String) async throws -> AccessToken {
        let cache = caches.withLock { caches in
            if let cache = caches[scope] { return cache }
            let cache = TokenCache(EntraTokenSource(credential, scope: scope), clock: clock)
            caches[scope] = cache
            return cache
        }
        return try await cache.token()
    }
}
