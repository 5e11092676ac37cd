// SPDX-License-Identifier: Apache-2.0
import HTTPService

/// A way to get tokens of Microsoft Entra, formerly Azure Active Directory.
public protocol EntraCredential: Sendable {
    /// Fetches a token; keeping it is the caller's matter.
    ///
    /// - Parameter scope: what the token is for, such as `https://storage.azure.com/.default`.
    /// - Throws: `ServiceError`, `.noCredential` when this way is not open on this machine; `CancellationError`.
    func token(for scope: String) async throws -> AccessToken
}

/// The tokens of a credential for one scope.
public struct EntraTokenSource: TokenSource {
    private let credential: any EntraCredential
    private let scope: String

    public init(_ credential: any EntraCredential, scope: String) {
        (self.credential, self.scope) = (credential, scope)
    }

    public func token() async throws -> AccessToken { try await credential.token(for: scope) }
}

/// What a scope grants access to, as machine identities are asked for it: the scope without `/.default`.
func resource(of scope: String) -> String {
    scope.hasSuffix("/.default") ? String(scope.dropLast("/.default".count)) : scope
}
