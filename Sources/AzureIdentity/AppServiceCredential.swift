// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes

/// The identity that App Service, Functions and Container Apps give what runs in them.
public struct AppServiceCredential: EntraCredential {
    private let endpoint: String
    private let header: Secret
    private let client: String?
    private let context: IdentityContext

    /// The service that `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` name.
    ///
    /// - Parameter client: which identity; `nil` for the system's, or the one of `AZURE_CLIENT_ID`.
    /// - Throws: `ServiceError` with `.noCredential` when one of them is not set.
    public init(client: String? = nil, _ context: IdentityContext) throws(ServiceError) {
        guard let endpoint = context.variable("IDENTITY_ENDPOINT"), let header = context.variable("IDENTITY_HEADER")
        else { throw ServiceError(.noCredential, "IDENTITY_ENDPOINT and IDENTITY_HEADER are not both set.") }
        (self.endpoint, self.header, self.context) = (endpoint, Secret(header), context)
        self.client = client ?? context.variable("AZURE_CLIENT_ID")
    }

    public func token(for scope: String) async throws -> AccessToken {
        var query = [("api-version", "2019-08-01"), ("resource", resource(of: scope))]
        if let client { query.append(("client_id", client)) }
        let pipeline = try context.pipeline("The app's identity service", at: endpoint, plainHTTP: .everywhere)
        let call = ServiceRequest(
            .get, "?\(PercentEncoding.query(query))", purpose: "give this app a token",
            headers: [
                HTTPField.Name("X-IDENTITY-HEADER")!: header.reveal(), HTTPField.Name("Metadata")!: "true",
            ])
        return try await pipeline.json(call, as: TokenAnswer.self).token(at: context.clock.now())
    }
}
