// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// A key that an Entra identity is lent to sign grants with, so that nobody needs the account's own.
public struct UserDelegationKey: Sendable, Hashable {
    /// The identity's object id.
    public var signedOid: String
    /// The identity's tenant.
    public var signedTid: String
    public var signedStart: String
    public var signedExpiry: String
    public var signedService: String
    public var signedVersion: String
    /// Base64.
    public var value: Secret

    public init(
        signedOid: String, signedTid: String, signedStart: String, signedExpiry: String, signedService: String,
        signedVersion: String, value: Secret
    ) {
        (self.signedOid, self.signedTid, self.signedService) = (signedOid, signedTid, signedService)
        (self.signedStart, self.signedExpiry, self.signedVersion) = (signedStart, signedExpiry, signedVersion)
        self.value = value
    }

    init(_ element: XMLElementTree) throws(ServiceError) {
        func text(_ name: String) throws(ServiceError) -> String {
            guard let text = element[name]?.text, !text.isEmpty else {
                throw ServiceError(.unreadable, "The storage service gave a delegation key without \(name).")
            }
            return text
        }
        self.init(
            signedOid: try text("SignedOid"), signedTid: try text("SignedTid"), signedStart: try text("SignedStart"),
            signedExpiry: try text("SignedExpiry"), signedService: try text("SignedService"),
            signedVersion: try text("SignedVersion"), value: Secret(try text("Value")))
    }
}

extension BlobContainer {
    /// Asks for a key to sign grants with; only an Entra identity gets one, and for seven days at most.
    ///
    /// - Throws: `ServiceError`; `CancellationError`.
    public func userDelegationKey(from start: Date, to end: Date) async throws -> UserDelegationKey {
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
            + "<KeyInfo><Start>\(BlobSAS.text(start))</Start><Expiry>\(BlobSAS.text(end))</Expiry></KeyInfo>"
        let account = pipeline.endpoint.basePath.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        var call = ServiceRequest(
            .post, "\(account)/?restype=service&comp=userdelegationkey", purpose: "lend a key for signing",
            headers: [.contentType: "application/xml"], body: .bytes(Array(text.utf8)), isRepeatable: true)
        call.isAbsolute = true
        return try UserDelegationKey(xml(try await pipeline.collect(call), of: call))
    }
}
