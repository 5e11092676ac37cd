// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// What a SAS says that it allows; whether its signature is right only storage knows.
struct SASGrant: Sendable, Hashable {
    /// Letters such as `rl`; `nil` where a stored policy of the container holds them.
    var permissions: String?
    var ends: Date?

    /// - Parameter query: with or without its `?`; `nil` from what holds no signature.
    init?(_ query: String) {
        var values: [Substring: String] = [:]
        for item in query.drop(while: { $0 == "?" }).split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            values[pair[0]] = PercentEncoding.decode(pair[1])
        }
        guard values["sig"] != nil else { return nil }
        permissions = values["sp"]
        ends = values["se"].flatMap { text in
            (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: .iso8601.year().month().day()))
        }
    }

    /// Why nobody can do with it what is needed; `nil` when it may do.
    ///
    /// - Parameter alternatives: sets of permissions, one of which is enough.
    func objection(needing alternatives: [String], now: Date) -> String? {
        if let ends, ends <= now { return "ended at \(ends.formatted(.iso8601))" }
        guard let permissions else { return nil }
        let isEnough = alternatives.contains { needed in needed.allSatisfy { permissions.contains($0) } }
        return isEnough ? nil : "allows \"\(permissions)\", but \"\(alternatives[0])\" is needed"
    }
}
