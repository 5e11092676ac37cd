// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// What a poller hands on so that another process can go on waiting: base64 of `1:<account>:<id>`.
struct ContinuationToken {
    private static let version = "1"

    var account: String
    var id: String

    init(account: String, id: String) { (self.account, self.id) = (account, id) }

    /// Reads a token of the given account; Python's pollers write the same.
    init(_ text: String, account: String) throws(ServiceError) {
        let parts = Data(base64Encoded: text).flatMap { String(bytes: $0, encoding: .utf8) }?
            .split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard let parts, parts.count == 3, !parts[2].isEmpty else {
            throw ServiceError(.badArgument, "This is no continuation token of a conversion or session.")
        }
        guard parts[0] == Self.version else {
            throw ServiceError(.badArgument, "The continuation token is of version \(parts[0]), not of 1.")
        }
        guard parts[1].lowercased() == account.lowercased() else {
            throw ServiceError(.badArgument, "The continuation token is of the account \(parts[1]), not of \(account).")
        }
        self.init(account: account, id: String(parts[2]))
    }

    var text: String { Data("\(Self.version):\(account):\(id)".utf8).base64EncodedString() }
}
