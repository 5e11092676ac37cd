// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds the storage behind a container's address.
struct StoreLocator: Sendable {
    /// Folders that stand for containers, by address in lower case without a slash at its end.
    private let folders: [String: String]

    /// - Parameter containers: addresses of containers, and the folder of each.
    init(containers: [String: String]) {
        folders = Dictionary(containers.map { (Self.key($0.key), $0.value) }) { first, _ in first }
    }

    /// The storage of a container; `nil` when the service has no access to it.
    func store(uri: String, signature: String?) -> (any AssetStore)? {
        folders[Self.key(uri)].map { FolderStore(folder: $0) }
    }

    private static func key(_ uri: String) -> String {
        var text = Substring(uri.lowercased())
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }
}
