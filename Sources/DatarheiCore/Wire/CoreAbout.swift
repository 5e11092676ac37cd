// SPDX-License-Identifier: Apache-2.0

/// What a Core says of itself; without a valid token only the first half of its version.
public struct CoreAbout: Codable, Sendable, Hashable {
    /// The program and where it came from.
    public struct Version: Codable, Sendable, Hashable {
        /// Such as `16.16.0`; `16.0.0` when nobody is logged in.
        public var number: String
        public var repositoryCommit: String?
        public var repositoryBranch: String?
        public var buildDate: String?
        public var arch: String?
        public var compiler: String?
    }

    public var app: String
    /// Ways to log in: `localjwt`, `auth0 …`; empty on a Core without authorization.
    public var auths: [String]?
    public var name: String?
    public var id: String?
    /// RFC 3339.
    public var createdAt: String?
    public var uptimeSeconds: Double?
    public var version: Version

    /// Whether the Core took the caller for somebody it knows.
    public var isComplete: Bool { id != nil }
}

/// A Core's stored configuration.
public struct CoreConfiguration: Sendable, Hashable {
    /// RFC 3339.
    public var createdAt: String?
    public var loadedAt: String?
    public var updatedAt: String?
    /// Everything that can be set, secrets in clear text; hand parts of it to `setConfiguration`.
    public var config: CoreSettings
    /// Names such as `api.auth.username` that environment variables fix: setting them changes nothing.
    public var overrides: [String]
}
