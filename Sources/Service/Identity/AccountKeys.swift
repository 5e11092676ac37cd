// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HTTPService

/// The accounts that may use the service, each with its keys.
public struct AccountKeys: Sendable {
    private let keys: [String: [Secret]]

    /// - Parameter keys: account ids as UUIDs, with the keys of each.
    public init(_ keys: [String: [Secret]]) {
        self.keys = Dictionary(keys.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    }

    /// Reads a file such as `{"30ea64bd-…": ["key", "second key"]}`.
    ///
    /// - Throws: `HostError`, which names the file and never a key.
    public init(file: String) throws(HostError) {
        let example = "{\"<account id>\": [\"<key>\"]}"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw HostError(.configuration, "\(file) cannot be read; it holds accounts and keys as \(example).")
        }
        guard let accounts = try? JSONDecoder().decode([String: [String]].self, from: data), !accounts.isEmpty else {
            throw HostError(.configuration, "\(file) does not hold accounts and keys as \(example).")
        }
        for (account, keys) in accounts {
            guard UUID(uuidString: account) != nil else {
                throw HostError(.configuration, "\(file): \"\(account.prefix(60))\" is no account id, which is a UUID.")
            }
            guard !keys.isEmpty, keys.allSatisfy({ $0.utf8.count >= 16 }) else {
                throw HostError(
                    .configuration, "\(file): account \(account) needs keys of at least 16 characters each.")
            }
        }
        self.init(accounts.mapValues { $0.map { Secret($0) } })
    }

    /// Whether there is such an account.
    func knows(_ account: String) -> Bool { keys[account.lowercased()] != nil }

    /// Whether a key belongs to an account, in a time that does not tell how much of it was right.
    func admits(_ account: String, key: String) -> Bool {
        let given = SHA256.hash(data: Data(key.utf8))
        var isKnown = false
        for known in keys[account.lowercased()] ?? [] {
            if SHA256.hash(data: Data(known.reveal().utf8)) == given { isKnown = true }
        }
        return isKnown
    }
}
