// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import Foundation
import HTTPService

/// Finds the storage behind a container's address: a folder that stands for it, else Blob storage itself.
struct StoreLocator: Sendable {
    /// What a container is for.
    enum Purpose: Sendable {
        case input, output

        /// Permissions of a SAS, any of which is enough.
        fileprivate var permissions: [String] { self == .input ? ["rl"] : ["cw", "w", "c"] }
        fileprivate var member: String { self == .input ? "storageContainerReadListSas" : "storageContainerWriteSas" }
    }

    /// Folders that stand for containers, by address in lower case without a slash at its end.
    private let folders: [String: String]
    private let blobHosts: [String]
    private let transport: any HTTPTransport

    /// - Parameters:
    ///   - containers: addresses of containers, and the folder of each.
    ///   - blobHosts: hosts that requests may name, with all below them.
    init(
        containers: [String: String], blobHosts: [String] = [], transport: any HTTPTransport = AsyncHTTPTransport()
    ) {
        folders = Dictionary(containers.map { (Self.key($0.key), $0.value) }) { first, _ in first }
        (self.blobHosts, self.transport) = (blobHosts.map { $0.lowercased() }, transport)
    }

    /// The storage of a container.
    ///
    /// - Parameter signature: the SAS of the request; folders need none.
    /// - Throws: `StorageProblem` when the service has no access to it.
    func store(uri: String, signature: String?, for purpose: Purpose) throws -> any AssetStore {
        if let folder = folders[Self.key(uri)] { return FolderStore(folder: folder) }
        let endpoint: ServiceEndpoint
        do {
            endpoint = try ServiceEndpoint(uri)
        } catch {
            throw StorageProblem(message: error.message)
        }
        guard blobHosts.contains(where: { endpoint.host == $0 || endpoint.host.hasSuffix(".\($0)") }) else {
            throw StorageProblem(
                message:
                    "The service has no access to this container; whoever runs it names a folder for it, or allows "
                    + "its host as Blob storage.")
        }
        guard let signature, let grant = SASGrant(signature) else {
            throw StorageProblem(message: "This container needs a SAS in the request, as \(purpose.member).")
        }
        if let objection = grant.objection(needing: purpose.permissions, now: Date()) {
            throw StorageProblem(message: "The SAS in \(purpose.member) \(objection).")
        }
        do {
            var options = BlobContainer.Options(transport: transport)
            let container = try BlobContainer(uri, credential: .sas(Secret(signature)), options: options)
            (options.retry.tries, options.tryTimeout) = (1, .seconds(10))
            return BlobStore(
                container: container,
                probe: try BlobContainer(uri, credential: .sas(Secret(signature)), options: options))
        } catch {
            throw StorageProblem(message: error.message)
        }
    }

    private static func key(_ uri: String) -> String {
        var text = Substring(uri.lowercased())
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }
}
