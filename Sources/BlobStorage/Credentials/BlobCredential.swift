// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import HTTPService
import HTTPTypes

/// What proves who calls to a storage account.
public enum BlobCredential: Sendable {
    /// A signed query, with or without its leading `?`.
    case sas(Secret)
    /// One of the account's keys, in base64.
    case sharedKey(account: String, key: Secret)
    /// An Entra identity with a role on the data.
    case entra(any EntraCredential)
    /// Nothing, for containers that are open to everybody.
    case anonymous

    /// What an Entra token for storage has to be for.
    public static let scope = "https://storage.azure.com/.default"

    /// A key of the account that a container, or all of its account's, is an address of.
    ///
    /// - Throws: `ServiceError` with `.badAddress` for what is no address of storage.
    public static func sharedKey(_ key: Secret, for address: String) throws(ServiceError) -> BlobCredential {
        let endpoint = try ServiceEndpoint(address)
        // On this machine, storage has the account in the path, since it has no names of its own.
        let isNamed = endpoint.host.contains { $0.isLetter } && endpoint.host.contains(".")
        let word = isNamed ? endpoint.host.split(separator: ".").first : endpoint.basePath.split(separator: "/").first
        guard let word else { throw ServiceError(.badAddress, "\(endpoint) names no storage account.") }
        return .sharedKey(account: String(word), key: key)
    }

    /// Looks whether it can sign at all, without asking anybody.
    ///
    /// - Throws: `ServiceError` with `.badArgument` for a key that is none.
    public func check() throws(ServiceError) { _ = try authorizer(clock: .system) }

    func authorizer(clock: ServiceClock) throws(ServiceError) -> any RequestAuthorizer {
        switch self {
        case .sas(let sas): SASAuthorization(sas)
        case .sharedKey(let account, let key): try SharedKeyAuthorization(account: account, key: key)
        case .entra(let credential):
            BearerAuthorization(TokenCache(EntraTokenSource(credential, scope: Self.scope), clock: clock))
        case .anonymous: NoAuthorization()
        }
    }
}

/// Puts a SAS behind the query of a request, as it is: encoding it anew would break its signature.
struct SASAuthorization: RequestAuthorizer {
    private let query: Secret

    init(_ sas: Secret) {
        let text = sas.reveal()
        query = Secret(text.hasPrefix("?") ? String(text.dropFirst()) : text)
    }

    func authorize(_ request: inout HTTPRequest, body: RequestBody) {
        let path = request.path ?? "/"
        request.path = "\(path)\(path.contains("?") ? "&" : "?")\(query.reveal())"
    }

    func renew(after request: HTTPRequest) -> Bool { false }
}
