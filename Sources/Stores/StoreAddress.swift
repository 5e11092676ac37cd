// SPDX-License-Identifier: Apache-2.0

/// An address in a store of the network: `s3://bucket/name` or `az://account/container/name`.
///
/// Names stand as they are: nothing in them is percent-encoded, and `+`, `%` and spaces are themselves.
public struct StoreAddress: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of stores.
    public enum Kind: String, Sendable, CaseIterable {
        case s3, az
    }

    public var kind: Kind
    /// The storage account of a container; empty for a bucket.
    public var account: String
    /// The bucket or container.
    public var container: String
    /// The object, or the start of the names of several; empty for the whole store.
    public var name: String

    public init(kind: Kind, account: String = "", container: String, name: String) {
        (self.kind, self.account, self.container, self.name) = (kind, account, container, name)
    }

    /// Whether a text is meant as such an address, whole or not.
    public static func isAddress(_ text: String) -> Bool {
        Kind.allCases.contains { text.utf8.starts(with: Array("\($0.rawValue)://".utf8)) }
    }

    /// Reads an address.
    ///
    /// - Throws: `StoreError` with `.badAddress` for another scheme, or a bucket, account or container that is missing or
    ///   cannot be one.
    public init(_ text: String) throws(StoreError) {
        guard let kind = Kind.allCases.first(where: { text.utf8.starts(with: Array("\($0.rawValue)://".utf8)) }) else {
            throw StoreError(.badAddress, "\"\(text.prefix(200))\" is no address of a store: s3://… or az://….")
        }
        let depth = kind == .az ? 2 : 1
        // By bytes: a letter that joins with the slash before it would hide the slash.
        let parts = text.utf8.dropFirst(kind.rawValue.utf8.count + 3)
            .split(separator: UInt8(ascii: "/"), maxSplits: depth, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= depth, parts.prefix(depth).allSatisfy(Self.isWord) else {
            let form = kind == .az ? "az://account/container/name" : "s3://bucket/name"
            // What stands before an @ could be a password.
            let shown = text.contains("@") ? "\(kind.rawValue)://…" : String(text.prefix(200))
            throw StoreError(.badAddress, "\(shown) is no address of a store; write \(form).")
        }
        let name = parts.count > depth ? parts[depth] : ""
        let words = depth == 2 ? (parts[0], parts[1]) : ("", parts[0])
        self.init(kind: kind, account: words.0, container: words.1, name: name)
    }

    /// What names of buckets, accounts and containers are made of: nothing that means something in a URL.
    private static func isWord(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "$"):
                    true
                default: false
                }
            }
    }

    /// The bucket or container itself.
    public var store: StoreAddress { StoreAddress(kind: kind, account: account, container: container, name: "") }

    public var description: String {
        let place = account.isEmpty ? container : "\(account)/\(container)"
        return "\(kind.rawValue)://\(place)\(name.isEmpty ? "" : "/\(name)")"
    }
}
