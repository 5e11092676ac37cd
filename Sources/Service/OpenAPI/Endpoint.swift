// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import OmniverseServices

/// One path with one method: what it takes, what it gives, and what does it.
struct Endpoint: Sendable {
    /// A request whose arguments have been read and found good.
    struct Call: Sendable {
        var request: WireRequest
        /// Values of the path's `{…}`.
        var path: [String: String] = [:]
        /// The arguments by name, defaults filled in.
        var values: [String: JSONValue] = [:]
        /// The id that the answer carries.
        var correlation: String
    }

    typealias Handler = @Sendable (Call) async throws -> ServiceReply

    var method: HTTPRequest.Method
    /// Segments; those in braces are parameters.
    var path: String
    var summary: String
    var description: String
    /// Statuses beside 200 and 422, and what they mean.
    var statuses: [(code: Int, meaning: String)] = []
    var query: Model?
    /// What the body holds; read from the query as well where the method is GET.
    var body: Model?
    var answer: Model?
    /// Media type of a good answer.
    var answerType = "application/json"
    /// Whether the service's document tells of it.
    var isDocumented = true
    /// Whether a token is asked for where the service has one.
    var isGuarded = true
    var handler: Handler

    /// The values of the path's parameters when a path is this endpoint's.
    func match(_ segments: [Substring]) -> [String: String]? {
        let template = path.split(separator: "/", omittingEmptySubsequences: false)
        guard template.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (part, segment) in zip(template, segments) {
            if part.hasPrefix("{") {
                guard !segment.isEmpty, let text = String(segment).removingPercentEncoding else { return nil }
                values[String(part.dropFirst().dropLast())] = text
            } else if part != segment {
                return nil
            }
        }
        return values
    }
}
