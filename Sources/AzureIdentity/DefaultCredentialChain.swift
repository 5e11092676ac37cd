// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Logging
import Synchronization

/// The first way to a token that is open on this machine: client secret, workload identity, the machine's own identity,
/// App Service, the Azure command line.
///
/// A way that is open but refused ends the search: whoever set it up wants to know.
public final class DefaultCredentialChain: EntraCredential {
    private let ways: [(name: String, make: @Sendable () throws -> any EntraCredential)]
    private let logger: Logger
    private let found = Mutex<Int?>(nil)

    public init(_ context: IdentityContext) {
        logger = context.logger
        ways = [
            ("client secret", { try ClientSecretCredential(context) }),
            ("workload identity", { try WorkloadIdentityCredential(context) }),
            ("managed identity", { ManagedIdentityCredential(context) }),
            ("App Service", { try AppServiceCredential(context) }),
            ("Azure CLI", { AzureCLICredential(context) }),
        ]
    }

    public func token(for scope: String) async throws -> AccessToken {
        var reasons: [String] = []
        let known = found.withLock { $0 }
        for (index, way) in ways.enumerated() where known == nil || known == index {
            do {
                let token = try await way.make().token(for: scope)
                found.withLock { $0 = index }
                logger.info("Entra token by \(way.name)")
                return token
            } catch let error as ServiceError where error.code == .noCredential {
                reasons.append("\(way.name): \(error.message)")
            }
        }
        // What worked before may have gone for good, so that the next call looks everywhere again.
        found.withLock { $0 = nil }
        throw ServiceError(.noCredential, "No way to an Entra token is open here. \(reasons.joined(separator: " "))")
    }
}
