// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A token that is good until a moment.
public struct AccessToken: Sendable, Hashable {
    public var value: Secret
    public var obtained: Date
    /// The moment from which it is refused; `.distantFuture` when nobody knows.
    public var expires: Date

    public init(_ value: Secret, obtained: Date, expires: Date) {
        (self.value, self.obtained, self.expires) = (value, obtained, expires)
    }

    /// Whether a new one should be fetched before the next call.
    ///
    /// Five minutes before the end, or in the last fifth of a shorter life: a token of four minutes is not fetched anew
    /// for each call.
    public func isDue(at moment: Date) -> Bool {
        expires.timeIntervalSince(moment) <= min(300, expires.timeIntervalSince(obtained) / 5)
    }

    /// Whether it is refused already.
    public func isExpired(at moment: Date) -> Bool { expires <= moment }
}

/// What fetches tokens.
public protocol TokenSource: Sendable {
    /// A token that is good now.
    ///
    /// - Throws: `ServiceError`; `CancellationError`.
    func token() async throws -> AccessToken
    /// Takes note that a token was refused; tells whether the next one can be another.
    func discard(_ value: Secret) -> Bool
}

extension TokenSource {
    public func discard(_ value: Secret) -> Bool { true }
}

/// One token that was fetched elsewhere; it is sent as it is and never renewed.
public struct StaticToken: TokenSource {
    private let value: Secret

    public init(_ value: Secret) { self.value = value }

    public func token() async throws -> AccessToken {
        AccessToken(value, obtained: .distantPast, expires: .distantFuture)
    }

    public func discard(_ value: Secret) -> Bool { false }
}
