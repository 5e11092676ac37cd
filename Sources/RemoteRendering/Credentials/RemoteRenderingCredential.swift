// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import HTTPService

/// What proves who calls to a Remote Rendering account.
public enum RemoteRenderingCredential: Sendable {
    /// One of the account's two keys; the token service exchanges it. Meant for development.
    case accountKey(Secret)
    /// A token that the token service gave elsewhere; sent as it is and never renewed.
    case token(Secret)
    /// An Entra identity; the token service exchanges its token.
    case entra(any EntraCredential)
}

/// The account that conversions and sessions belong to, and where its services listen.
public struct RemoteRenderingAccount: Sendable, Hashable {
    /// A UUID.
    public var id: String
    /// Where conversions and sessions are asked for, such as `https://remoterendering.westeurope.mixedreality.azure.com`.
    public var endpoint: String
    /// Where the account's tokens are given; by default `https://sts.` and the account's domain.
    public var tokenEndpoint: String
    /// What an Entra token has to be for.
    public var scope: String

    /// - Parameter domain: of the account's own region, such as `eastus.mixedreality.azure.com`; the endpoint's region may
    ///   be another.
    public init(
        id: String, domain: String, endpoint: String, tokenEndpoint: String? = nil, scope: String? = nil
    ) {
        (self.id, self.endpoint) = (id, endpoint)
        self.tokenEndpoint = tokenEndpoint ?? "https://sts.\(domain)"
        self.scope = scope ?? "https://sts.\(domain)/.default"
    }
}
