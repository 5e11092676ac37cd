// SPDX-License-Identifier: Apache-2.0

extension ServerVersion: CustomStringConvertible {
    /// The release that this client was written for and measured against.
    public static let supported = ServerVersion(major: 3, minor: 10, patch: 1, revision: "")

    /// The three numbers with points.
    public var description: String { "\(major).\(minor).\(patch)" }
}
