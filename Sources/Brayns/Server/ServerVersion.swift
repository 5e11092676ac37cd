// SPDX-License-Identifier: Apache-2.0

/// The version that a server reports.
public struct ServerVersion: Codable, Hashable, Sendable, CustomStringConvertible {
    public var major: Int
    public var minor: Int
    public var patch: Int
    /// Revision of the source the server was built from.
    public var revision: String

    public init(major: Int, minor: Int, patch: Int, revision: String = "") {
        (self.major, self.minor, self.patch, self.revision) = (major, minor, patch, revision)
    }

    /// The release that this client was written for and measured against.
    public static let supported = ServerVersion(major: 3, minor: 10, patch: 1)

    /// The three numbers with points.
    public var description: String { "\(major).\(minor).\(patch)" }
}
