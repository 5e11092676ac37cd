// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import BlobStorage
import Foundation
import HTTPService

/// Storage that accounts may use without a SAS: the service opens it with a key or an identity of its own.
///
/// The original had the same under the name of linked accounts: a storage account that had given a Remote Rendering
/// account a role.
public struct LinkedStorage: Sendable {
    private struct Link: Sendable {
        /// In lower case, without a slash at its end.
        var address: String
        var credential: BlobCredential
    }

    /// How a file says what opens a storage account.
    private struct Proof: Decodable {
        var key: String?
        var identity: String?
    }

    private static let example =
        "{\"<account id>\": {\"https://me.blob.core.windows.net\": {\"key\": \"<base64>\"}}}"

    private var links: [String: [Link]] = [:]

    /// No storage at all.
    public init() {}

    /// Reads a file such as `{"30ea64bd-…": {"https://me.blob.core.windows.net": {"key": "…"}}}`.
    ///
    /// An address with a path is one container; instead of a key, `"identity"` names a way to an Entra token:
    /// `entra`, `client-secret`, `workload`, `machine`, `app-service` or `cli`.
    ///
    /// - Throws: `HostError`, which names the file and never a key.
    public init(file: String, context: IdentityContext) throws(HostError) {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw HostError(.configuration, "\(file) cannot be read; it holds linked storage as \(Self.example).")
        }
        guard let accounts = try? JSONDecoder().decode([String: [String: Proof]].self, from: data) else {
            throw HostError(.configuration, "\(file) does not hold linked storage as \(Self.example).")
        }
        for (account, storage) in accounts {
            guard UUID(uuidString: account) != nil else {
                throw HostError(.configuration, "\(file): \"\(account.prefix(60))\" is no account id, which is a UUID.")
            }
            do {
                links[account.lowercased()] = try storage.map { address, proof in
                    Link(address: Self.key(address), credential: try Self.credential(proof, address, context))
                }
            } catch let error as ServiceError {
                throw HostError(.configuration, "\(file), account \(account): \(error.message)", underlying: error)
            } catch {
                throw HostError(.configuration, "\(file), account \(account): \(error)", underlying: error)
            }
        }
    }

    /// Links storage to an account.
    ///
    /// - Parameter address: of a storage account, or of one container.
    public mutating func link(_ address: String, to account: String, by credential: BlobCredential) {
        links[account.lowercased(), default: []].append(Link(address: Self.key(address), credential: credential))
    }

    /// What opens a container for an account; the longest address that fits counts.
    func credential(for container: String, account: String) -> BlobCredential? {
        let container = Self.key(container)
        return (links[account.lowercased()] ?? [])
            .filter { container == $0.address || container.hasPrefix($0.address + "/") }
            .max { $0.address.utf8.count < $1.address.utf8.count }?.credential
    }

    private static func credential(
        _ proof: Proof, _ address: String, _ context: IdentityContext
    ) throws -> BlobCredential {
        _ = try ServiceEndpoint(address)
        switch (proof.key, proof.identity) {
        case (let key?, nil):
            let credential = try BlobCredential.sharedKey(Secret(key), for: address)
            try credential.check()
            return credential
        case (nil, let name?):
            guard let way = IdentityWay(rawValue: name) else {
                let names = IdentityWay.allCases.map(\.rawValue).joined(separator: ", ")
                throw ServiceError(.badArgument, "\"\(name.prefix(40))\" is no identity; there are \(names).")
            }
            return .entra(KeptTokens(try way.credential(context), clock: context.clock))
        default: throw ServiceError(.badArgument, "\(address) needs either a key or an identity.")
        }
    }

    private static func key(_ address: String) -> String {
        var text = Substring(address.lowercased())
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }
}
