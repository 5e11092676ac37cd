// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// The way of every call to a service: prove who calls, send, try again, read the refusal, say what happened.
///
/// ```swift
/// let pipeline = ServicePipeline(
///     endpoint: try ServiceEndpoint("https://core.example"), transport: AsyncHTTPTransport(),
///     authorizer: BearerAuthorization(TokenCache(source)), configuration: ServiceConfiguration(name: "Core"))
/// let about = try await pipeline.json(ServiceRequest(.get, "/api", purpose: "read the version"), as: About.self)
/// ```
public struct ServicePipeline: Sendable {
    public let endpoint: ServiceEndpoint
    public let configuration: ServiceConfiguration
    let transport: any HTTPTransport
    let authorizer: any RequestAuthorizer

    public init(
        endpoint: ServiceEndpoint, transport: any HTTPTransport, authorizer: any RequestAuthorizer = NoAuthorization(),
        configuration: ServiceConfiguration
    ) {
        (self.endpoint, self.transport) = (endpoint, transport)
        (self.authorizer, self.configuration) = (authorizer, configuration)
    }
}

/// A service's answer, whose body may still be on its way.
public struct ServiceResponse: Sendable {
    public var head: HTTPResponse
    public var body: ResponseBody
    /// Where the exchange can be found in the service's logs.
    public var marks: ExchangeMarks
    /// What must not be repeated of the request.
    var secrets: [String] = []

    public var status: Int { head.status.code }
}

/// A service's whole answer.
public struct CollectedResponse: Sendable {
    public var head: HTTPResponse
    public var bytes: [UInt8]
    public var marks: ExchangeMarks
    /// How long the server asks to wait before the next look, if it does.
    public var retryAfter: Duration?

    public var status: Int { head.status.code }
}

/// What names one exchange, here and in the service's logs.
public struct ExchangeMarks: Sendable, Hashable {
    public var correlation: String?
    public var requestID: String?
}
