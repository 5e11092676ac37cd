// SPDX-License-Identifier: Apache-2.0

/// The ways to an Entra token, by the words that flags and files use.
public enum IdentityWay: String, Sendable, Hashable, CaseIterable {
    /// The first of the following that is open.
    case entra
    case clientSecret = "client-secret"
    case workload
    /// The machine's own identity.
    case machine
    case appService = "app-service"
    /// The Azure command line.
    case cli

    /// - Throws: `ServiceError` with `.noCredential` when the environment lacks what the way needs.
    public func credential(_ context: IdentityContext) throws -> any EntraCredential {
        switch self {
        case .entra: DefaultCredentialChain(context)
        case .clientSecret: try ClientSecretCredential(context)
        case .workload: try WorkloadIdentityCredential(context)
        case .machine: ManagedIdentityCredential(context)
        case .appService: try AppServiceCredential(context)
        case .cli: AzureCLICredential(context)
        }
    }
}
