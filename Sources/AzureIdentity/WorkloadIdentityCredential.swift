// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// An application that proves itself by a token which its cluster keeps writing into a file.
public struct WorkloadIdentityCredential: EntraCredential {
    private let tenant: String
    private let client: String
    private let tokenFile: String
    private let context: IdentityContext

    public init(tenant: String, client: String, tokenFile: String, context: IdentityContext) {
        (self.tenant, self.client, self.tokenFile, self.context) = (tenant, client, tokenFile, context)
    }

    /// The application that `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_FEDERATED_TOKEN_FILE` name.
    ///
    /// - Throws: `ServiceError` with `.noCredential` when one of them is not set.
    public init(_ context: IdentityContext) throws(ServiceError) {
        guard let tenant = context.variable("AZURE_TENANT_ID"), let client = context.variable("AZURE_CLIENT_ID"),
            let file = context.variable("AZURE_FEDERATED_TOKEN_FILE")
        else {
            throw ServiceError(
                .noCredential, "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE are not all set.")
        }
        self.init(tenant: tenant, client: client, tokenFile: file, context: context)
    }

    public func token(for scope: String) async throws -> AccessToken {
        // Read each time: the cluster replaces the file long before its token ends.
        guard let data = FileManager.default.contents(atPath: tokenFile),
            let text = String(bytes: data, encoding: .utf8)
        else { throw ServiceError(.noCredential, "The token file \(tokenFile) cannot be read.") }
        let assertion = Secret(text.trimmingCharacters(in: .whitespacesAndNewlines))
        guard !assertion.isEmpty else { throw ServiceError(.noCredential, "The token file \(tokenFile) is empty.") }
        return try await context.applicationToken(
            tenant: tenant,
            form: [
                ("client_id", client), ("grant_type", "client_credentials"), ("client_assertion", assertion.reveal()),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("scope", scope),
            ], secrets: [assertion], purpose: "give the workload \(client) a token")
    }
}
