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
    private let linked: LinkedStorage
    private let transport: any HTTPTransport

    /// - Parameters:
    ///   - containers: addresses of containers, and the folder of each.
    ///   - blobHosts: hosts that requests may name, with all below them.
    ///   - linked: storage that needs no SAS.
    init(
        containers: [String: String], blobHosts: [String] = [], linked: LinkedStorage = LinkedStorage(),
        transport: any HTTPTransport = AsyncHTTPTransport()
    ) {
        folders = Dictionary(containers.map { (Self.key($0.key), $0.value) }) { first, _ in first }
        (self.blobHosts, self.linked, self.transport) = (blobHosts.map { $0.lowercased() }, linked, transport)
    }

    /// The storage of a container.
    ///
    /// - Parameters:
    ///   - signature: the SAS of the request; folders and linked storage need none.
    ///   - account: who asks.
    /// - Throws: `StorageProblem` when the service has no access to it.
    func store(
        uri: String, signature: String?, for purpose: Purpose, account: String
    ) throws -> any AssetStore {
        if let folder = folders[Self.key(uri)] { return FolderStore(folder: folder) }
        let endpoint: ServiceEndpoint
        do {
            endpoint = try ServiceEndpoint(uri)
        } catch {
            throw StorageProblem(message: error.message)
        }
        if let signature, !signature.isEmpty {
            try check(signature, on: endpoint, for: purpose)
            return try Self.store(uri, .sas(Secret(signature)), transport)
        }
        if let credential = linked.credential(for: uri, account: account) {
            return try Self.store(uri, credential, transport)
        }
        throw StorageProblem(
            message: blobHosts.contains { endpoint.isBelow($0) }
                ? "This container needs a SAS in the request, as \(purpose.member), or to be linked to the account."
                : Self.noAccess)
    }

    /// Looks at a SAS before anything is asked with it.
    private func check(_ signature: String, on endpoint: ServiceEndpoint, for purpose: Purpose) throws {
        guard blobHosts.contains(where: { endpoint.isBelow($0) }) else {
            throw StorageProblem(message: Self.noAccess)
        }
        guard let grant = SASGrant(signature) else {
            throw StorageProblem(message: "What the request has as \(purpose.member) is no SAS.")
        }
        if let objection = grant.objection(needing: purpose.permissions, now: Date()) {
            throw StorageProblem(message: "The SAS in \(purpose.member) \(objection).")
        }
    }

    private static let noAccess =
        "The service has no access to this container; whoever runs it names a folder for it, links it, or allows its "
        + "host as Blob storage."

    private static func store(
        _ uri: String, _ credential: BlobCredential, _ transport: any HTTPTransport
    ) throws -> BlobStore {
        do {
            var options = BlobContainer.Options(transport: transport)
            let container = try BlobContainer(uri, credential: credential, options: options)
            (options.retry.tries, options.tryTimeout) = (1, .seconds(10))
            return BlobStore(
                container: container, probe: try BlobContainer(uri, credential: credential, options: options))
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

extension ServiceEndpoint {
    /// Whether the host is this one or below it.
    fileprivate func isBelow(_ domain: String) -> Bool { host == domain || host.hasSuffix(".\(domain)") }
}
