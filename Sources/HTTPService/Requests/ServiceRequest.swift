// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// One call of a service: what to ask, and what is known about asking twice.
public struct ServiceRequest: Sendable {
    public var method: HTTPRequest.Method
    /// Percent-encoded, after the endpoint's base path, with a leading slash; it may hold a query.
    public var target: String
    public var headers: HTTPFields
    public var body: RequestBody
    /// What the call is for, as messages name it: "stop the session s1".
    public var purpose: String
    /// Whether a call that may have been carried out can be sent again.
    public var isRepeatable: Bool
    /// Secrets of the body, which are blanked out in whatever is said about the answer.
    public var secrets: [Secret] = []
    /// Whether `target` already holds the endpoint's base path, as links do that the service gave.
    public var isAbsolute = false
    /// Statuses beside 2xx that the caller handles itself.
    public var accepts: Set<Int> = []
    /// Longest answer that is taken into memory, in bytes; `nil` goes by the service's configuration.
    public var largestAnswer: Int?

    /// - Parameter isRepeatable: `nil` goes by the method: GET, HEAD, PUT, DELETE and OPTIONS are.
    public init(
        _ method: HTTPRequest.Method, _ target: String, purpose: String, headers: HTTPFields = [:],
        body: RequestBody = .none, isRepeatable: Bool? = nil
    ) {
        (self.method, self.target, self.purpose) = (method, target, purpose)
        (self.headers, self.body) = (headers, body)
        self.isRepeatable = isRepeatable ?? [.get, .head, .put, .delete, .options].contains(method)
    }

    /// Path and query for an endpoint.
    func path(at endpoint: ServiceEndpoint) -> String { isAbsolute ? target : endpoint.basePath + target }
}
