// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Synchronization

/// The ways to credentials in the order that AWS' own tools have: environment, web identity, the user's files,
/// container, machine. The first that is open counts; its keys are kept until five minutes before they end.
public final class AWSCredentialChain: AWSCredentialSource {
    private let sources: [any AWSCredentialSource]
    private let clock: ServiceClock
    private let kept = Mutex<AWSCredentials?>(nil)
    private let search = Mutex<Task<AWSCredentials, any Error>?>(nil)

    public convenience init(_ surroundings: AWSSurroundings) {
        self.init(
            [
                EnvironmentCredentials(surroundings: surroundings), WebIdentityCredentials(surroundings: surroundings),
                ProfileCredentials(surroundings: surroundings), ContainerCredentials(surroundings: surroundings),
                InstanceCredentials(surroundings: surroundings),
            ], clock: surroundings.clock)
    }

    init(_ sources: [any AWSCredentialSource], clock: ServiceClock) { (self.sources, self.clock) = (sources, clock) }

    /// - Throws: `ServiceError` with `.noCredential` when no way is open.
    public func credentials() async throws -> AWSCredentials? {
        let now = clock.now()
        if let known = kept.withLock({ $0 }), !known.isDue(at: now) { return known }
        // One search for all who wait; it goes on for the others when one of them is cancelled.
        let task = search.withLock { search in
            if let search { return search }
            let task = Task { try await self.find() }
            search = task
            return task
        }
        do {
            return try await task.value
        } catch {
            // What is kept may be good for some minutes more.
            if let known = kept.withLock({ $0 }), known.expires.map({ $0 > now }) ?? true { return known }
            throw error
        }
    }

    private func find() async throws -> AWSCredentials {
        defer { search.withLock { $0 = nil } }
        for source in sources {
            guard let found = try await source.credentials() else { continue }
            kept.withLock { $0 = found }
            return found
        }
        throw ServiceError(
            .noCredential,
            "No keys for S3 are to be found: neither in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, nor in "
                + "~/.aws/credentials, nor from a role of this container or machine.")
    }

    /// Forgets keys that were refused as ended.
    func forget(_ refused: AWSCredentials?) { kept.withLock { if $0 == refused { $0 = nil } } }
}
