// SPDX-License-Identifier: Apache-2.0
import HTTPService

/// Who calls a Core.
public struct CoreCredential: Sendable {
    public var username: String?
    public var password: Secret?
    /// Tokens of an earlier login; they are used up before user name and password are.
    public var accessToken: Secret?
    public var refreshToken: Secret?

    private init() {}

    /// Nobody: for a Core without authorization, and for what is open to everybody.
    public static let anonymous = CoreCredential()

    /// A user who logs in when the first call needs it.
    public static func password(_ username: String, _ password: Secret) -> CoreCredential {
        var credential = CoreCredential()
        (credential.username, credential.password) = (username, password)
        return credential
    }

    /// Tokens that were got elsewhere. An access token alone is good until it ends, 10 minutes after it was made.
    public static func tokens(access: Secret?, refresh: Secret? = nil) -> CoreCredential {
        var credential = CoreCredential()
        (credential.accessToken, credential.refreshToken) = (access, refresh)
        return credential
    }

    var isAnonymous: Bool { username == nil && accessToken == nil && refreshToken == nil }
}

/// What a login gave.
public struct CoreTokens: Sendable, Hashable {
    /// Good for 10 minutes.
    public var access: Secret
    /// Good for 24 hours, for new access tokens.
    public var refresh: Secret?
}
