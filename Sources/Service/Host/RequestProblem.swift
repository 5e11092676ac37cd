// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes

/// Why a request is answered with an error, and the answer.
struct RequestProblem: Error, Sendable {
    var status: HTTPResponse.Status
    /// `nil` for statuses that come without a body.
    var body: ServiceErrorBody?
    /// Seconds after which the request may be tried again.
    var retryAfter: Int?

    init(_ status: HTTPResponse.Status, code: String? = nil, _ message: String = "", target: String? = nil) {
        self.status = status
        body = code.map { ServiceErrorBody(code: $0, message: message, target: target) }
    }

    static func badRequest(_ message: String, target: String? = nil) -> RequestProblem {
        RequestProblem(.badRequest, code: "BadRequest", message, target: target)
    }

    static func conflict(_ message: String) -> RequestProblem {
        RequestProblem(.conflict, code: "Conflict", message)
    }

    static let unauthorized = RequestProblem(.unauthorized)
    static let notFound = RequestProblem(.notFound)
}
