// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes

/// The identity of the virtual machine that this runs on.
public struct ManagedIdentityCredential: EntraCredential {
    private let client: String?
    private let context: IdentityContext

    /// - Parameter client: which of the machine's identities; `nil` for its own, or the one of `AZURE_CLIENT_ID`.
    public init(client: String? = nil, _ context: IdentityContext) {
        self.client = client ?? context.variable("AZURE_CLIENT_ID")
        self.context = context
    }

    public func token(for scope: String) async throws -> AccessToken {
        guard context.variable("IDENTITY_ENDPOINT") == nil else {
            throw ServiceError(.noCredential, "IDENTITY_ENDPOINT is set, so that this is no virtual machine.")
        }
        var query = [("api-version", "2018-02-01"), ("resource", resource(of: scope))]
        if let client { query.append(("client_id", client)) }
        let pipeline = try context.pipeline(
            "The machine's identity service", at: context.metadataService, plainHTTP: .everywhere
        ) { configuration in
            // Elsewhere than on Azure nobody listens there: that must be found out soon.
            configuration.tryTimeout = .seconds(3)
            configuration.retry.retriesUnreachable = false
            configuration.retry.tries = 7
            configuration.retry.firstPause = .milliseconds(1600)
            configuration.retry.statuses = [404, 410, 429, 500, 502, 503, 504]
        }
        let call = ServiceRequest(
            .get, "/metadata/identity/oauth2/token?\(PercentEncoding.query(query))",
            purpose: "give this machine a token", headers: [HTTPField.Name("Metadata")!: "true"])
        do {
            return try await pipeline.json(call, as: TokenAnswer.self).token(at: context.clock.now())
        } catch let error as ServiceError where error.status == 400 {
            throw ServiceError(
                .noCredential, "This machine has no such identity: \(error.body?.summary ?? "it says no more").",
                status: 400, body: error.body)
        } catch let error as ServiceError where error.status == nil {
            throw ServiceError(.noCredential, "No identity service of a machine answers: \(error.message)")
        }
    }
}
