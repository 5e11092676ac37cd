// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// A grant to be signed: who holds the signed query may do what it says, until it ends.
public struct BlobSAS: Sendable {
    /// What the grant is for.
    public enum Resource: Sendable, Hashable {
        case container
        /// One blob, by its name, not encoded.
        case blob(String)
    }

    /// The version that signatures are laid out after; user delegation has another layout in later ones.
    static let version = "2021-08-06"
    private static let permissionOrder = "racwdxltmeop"

    public var resource: Resource
    /// Letters: `r` read, `a` add, `c` create, `w` write, `d` delete, `l` list; any order.
    public var permissions: String
    public var starts: Date?
    public var expires: Date
    /// An address, or a range `from-to`, that calls have to come from.
    public var addresses: String?
    public var requiresTLS = true
    /// The `Content-Type` that answers have.
    public var contentType: String?
    var version = Self.version

    public init(_ resource: Resource, permissions: String, starts: Date? = nil, expires: Date) {
        (self.resource, self.permissions, self.starts, self.expires) = (resource, permissions, starts, expires)
    }

    /// The query signed with a key of the account.
    ///
    /// - Throws: `ServiceError` with `.badArgument` for a key or permissions that cannot be.
    public func signed(account: String, container: String, key: Secret) throws(ServiceError) -> Secret {
        let fields = try serviceFields(account: account, container: container)
        let signature = try StorageSignature.sign(fields.joined(separator: "\n"), with: key)
        return Secret(PercentEncoding.query(try grant() + named([("rsct", contentType), ("sig", signature)])))
    }

    /// The query signed with a key that Entra's identity was lent for it.
    ///
    /// - Throws: `ServiceError` with `.badArgument` for a key or permissions that cannot be.
    public func signed(account: String, container: String, by key: UserDelegationKey) throws(ServiceError) -> Secret {
        let fields = try delegatedFields(account: account, container: container, key)
        let signature = try StorageSignature.sign(fields.joined(separator: "\n"), with: key.value)
        let lent = named([
            ("skoid", key.signedOid), ("sktid", key.signedTid), ("skt", key.signedStart), ("ske", key.signedExpiry),
            ("sks", key.signedService), ("skv", key.signedVersion), ("rsct", contentType), ("sig", signature),
        ])
        return Secret(PercentEncoding.query(try grant() + lent))
    }

    /// The lines to sign with the account's key, in the order of "Create a service SAS" for 2020-12-06 and later.
    func serviceFields(account: String, container: String) throws(ServiceError) -> [String] {
        [try ordered(), starts.map(Self.text) ?? "", Self.text(expires), path(account, container), ""]
            + [addresses ?? "", requiresTLS ? "https" : "", version, letter, "", "", "", "", "", "", contentType ?? ""]
    }

    /// The lines to sign with a lent key, in the order of "Create a user delegation SAS" for 2020-12-06 and later.
    func delegatedFields(
        account: String, container: String, _ key: UserDelegationKey
    ) throws(ServiceError) -> [String] {
        [try ordered(), starts.map(Self.text) ?? "", Self.text(expires), path(account, container)]
            + [key.signedOid, key.signedTid, key.signedStart, key.signedExpiry, key.signedService, key.signedVersion]
            + ["", "", "", addresses ?? "", requiresTLS ? "https" : "", version, letter]
            + ["", "", "", "", "", "", contentType ?? ""]
    }

    private func grant() throws(ServiceError) -> [(name: String, value: String)] {
        named([
            ("st", starts.map(Self.text)), ("se", Self.text(expires)), ("sp", try ordered()), ("sip", addresses),
            ("spr", requiresTLS ? "https" : nil), ("sv", version), ("sr", letter),
        ])
    }

    private func named(_ items: [(String, String?)]) -> [(name: String, value: String)] {
        items.compactMap { name, value in value.map { (name, $0) } }
    }

    private var letter: String { resource == .container ? "c" : "b" }

    private func path(_ account: String, _ container: String) -> String {
        switch resource {
        case .container: "/blob/\(account)/\(container)"
        case .blob(let name): "/blob/\(account)/\(container)/\(name)"
        }
    }

    /// The letters in the order that the service asks for.
    private func ordered() throws(ServiceError) -> String {
        guard !permissions.isEmpty, permissions.allSatisfy({ Self.permissionOrder.contains($0) }) else {
            throw ServiceError(
                .badArgument, "\(permissions) are no permissions of a SAS: use letters of \(Self.permissionOrder).")
        }
        return Self.permissionOrder.filter { permissions.contains($0) }
    }

    static func text(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle()) }
}
