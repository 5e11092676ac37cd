// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// What requests are signed with.
public struct AWSCredentials: Sendable, Hashable {
    /// The name of the key. It travels in every request, yet belongs into no log either.
    public var keyID: Secret
    public var key: Secret
    /// Comes with keys that end.
    public var sessionToken: Secret?
    /// The moment from which they are refused; `nil` for keys that do not end.
    public var expires: Date?
    /// Where they come from, for messages: "the environment".
    public var origin: String

    public init(
        keyID: Secret, key: Secret, sessionToken: Secret? = nil, expires: Date? = nil, origin: String = "given"
    ) {
        (self.keyID, self.key, self.sessionToken) = (keyID, key, sessionToken)
        (self.expires, self.origin) = (expires, origin)
    }

    /// Whether new ones should be fetched before the next call: five minutes before their end.
    public func isDue(at moment: Date) -> Bool { expires.map { $0.timeIntervalSince(moment) <= 300 } ?? false }
}

/// One way to credentials.
public protocol AWSCredentialSource: Sendable {
    /// Credentials that are good now; `nil` where this way is not open, so that another may be tried.
    ///
    /// - Throws: `ServiceError` where the way is open and fails; `CancellationError`.
    func credentials() async throws -> AWSCredentials?
}

/// Credentials that were given.
public struct FixedCredentials: AWSCredentialSource {
    private let value: AWSCredentials?

    /// - Parameter value: `nil` for none at all: then nothing is signed, as open buckets allow.
    public init(_ value: AWSCredentials?) { self.value = value }

    public func credentials() -> AWSCredentials? { value }
}
