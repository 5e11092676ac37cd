// SPDX-License-Identifier: Apache-2.0
import HTTPService

/// An application that proves itself by a secret.
public struct ClientSecretCredential: EntraCredential {
    private let tenant: String
    private let client: String
    private let secret: Secret
    private let context: IdentityContext

    public init(tenant: String, client: String, secret: Secret, context: IdentityContext) {
        (self.tenant, self.client, self.secret, self.context) = (tenant, client, secret, context)
    }

    /// The application that `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` name.
    ///
    /// - Throws: `ServiceError` with `.noCredential` when one of them is not set.
    public init(_ context: IdentityContext) throws(ServiceError) {
        guard let tenant = context.variable("AZURE_TENANT_ID"), let client = context.variable("AZURE_CLIENT_ID"),
            let secret = context.variable("AZURE_CLIENT_SECRET")
        else {
            throw ServiceError(
                .noCredential, "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not all set.")
        }
        self.init(tenant: tenant, client: client, secret: Secret(secret), context: context)
    }

    public func token(for scope: String) async throws -> AccessToken {
        try await context.applicationToken(
            tenant: tenant,
            form: [
                ("client_id", client), ("grant_type", "client_credentials"), ("client_secret", secret.reveal()),
                ("scope", scope),
            ], secrets: [secret], purpose: "give the application \(client) a token")
    }
}
