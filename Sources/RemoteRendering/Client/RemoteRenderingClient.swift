// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import Foundation
import HTTPService
import HTTPTypes
import Logging

/// A client of the REST API of Azure Remote Rendering, version 2021-01-01.
///
/// Microsoft switched its own service off on 30 September 2025; this speaks to whatever answers that API today.
///
/// ```swift
/// let client = try RemoteRenderingClient(
///     account: RemoteRenderingAccount(id: id, domain: "render.example", endpoint: "https://render.example"),
///     credential: .accountKey(Secret(key)))
/// let poller = try await client.beginAssetConversion(id: UUID().uuidString, settings: settings)
/// print(try await poller.result(within: .seconds(3600)).output?.outputAssetUri ?? "")
/// ```
public struct RemoteRenderingClient: Sendable {
    /// How to reach the service.
    public struct Options: Sendable {
        public var transport: any HTTPTransport
        public var clock = ServiceClock.system
        public var logger = Logger.silent
        public var retry = RetryPolicy()
        /// Wait between two looks of a poller; the service may ask for longer ones.
        public var pollingInterval: Duration = .seconds(5)
        public var userAgent = "darkroom"

        public init(transport: any HTTPTransport = AsyncHTTPTransport()) { self.transport = transport }
    }

    public let account: RemoteRenderingAccount
    public let options: Options
    let pipeline: ServicePipeline

    /// - Throws: `ServiceError` with `.badAddress` for addresses that are none, or lack TLS and are not this machine's.
    public init(
        account: RemoteRenderingAccount, credential: RemoteRenderingCredential, options: Options = Options()
    ) throws(ServiceError) {
        (self.account, self.options) = (account, options)
        guard !account.id.isEmpty else { throw ServiceError(.badArgument, "The account's id is empty.") }
        pipeline = ServicePipeline(
            endpoint: try ServiceEndpoint(account.endpoint), transport: options.transport,
            authorizer: BearerAuthorization(try Self.tokens(of: account, credential, options)),
            configuration: Self.configuration("Remote Rendering", options))
    }

    /// Where the tokens for the rendering endpoint come from, each kept until it is due.
    private static func tokens(
        of account: RemoteRenderingAccount, _ credential: RemoteRenderingCredential, _ options: Options
    ) throws(ServiceError) -> any TokenSource {
        let proof: any TokenSource
        switch credential {
        case .token(let token): return StaticToken(token)
        case .accountKey(let key): proof = StaticToken(Secret("\(account.id):\(key.reveal())"))
        case .entra(let credential):
            proof = TokenCache(
                EntraTokenSource(credential, scope: account.scope), clock: options.clock, logger: options.logger)
        }
        let service = ServicePipeline(
            endpoint: try ServiceEndpoint(account.tokenEndpoint), transport: options.transport,
            authorizer: BearerAuthorization(proof), configuration: configuration("The token service", options))
        return TokenCache(
            STSTokenSource(account: account.id, pipeline: service), clock: options.clock, logger: options.logger)
    }

    private static func configuration(_ name: String, _ options: Options) -> ServiceConfiguration {
        var configuration = ServiceConfiguration(name: name)
        (configuration.clock, configuration.logger) = (options.clock, options.logger)
        configuration.retry = options.retry
        configuration.headers[.userAgent] = options.userAgent
        configuration.requestIDHeader = HTTPField.Name("x-ms-client-request-id")
        configuration.correlationHeaders = ["MS-CV", "X-MRC-CV"].compactMap { HTTPField.Name($0) }
        return configuration
    }

    /// A call of the rendering endpoint.
    func call(
        _ method: HTTPRequest.Method, _ parts: [String], purpose: String, body: RequestBody = .none
    ) -> ServiceRequest {
        let path = (["accounts", PercentEncoding.segment(account.id)] + parts).joined(separator: "/")
        var headers: HTTPFields = [.accept: "application/json"]
        if case .bytes(let bytes) = body, !bytes.isEmpty { headers[.contentType] = "application/json" }
        return ServiceRequest(
            method, "/\(path)?api-version=\(RemoteRenderingAPI.version)", purpose: purpose, headers: headers, body: body
        )
    }

    func body(_ value: some Encodable, for purpose: String) throws(ServiceError) -> RequestBody {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
            return .bytes([UInt8](try encoder.encode(value)))
        } catch {
            throw ServiceError(.badArgument, "What is to \(purpose) cannot be written as JSON.", underlying: error)
        }
    }

    /// An id as a path segment; a new one must keep to the contract, an old one is asked for as it is.
    func segment(_ id: String, isNew: Bool = false) throws(ServiceError) -> String {
        guard !id.isEmpty else { throw ServiceError(.badArgument, "The id of a conversion or session is empty.") }
        guard !isNew || RemoteRenderingAPI.isID(id) else {
            throw ServiceError(
                .badArgument,
                "An id has 1 to 256 letters, digits, hyphens and underscores, and \(id.prefix(80)) has not.")
        }
        return PercentEncoding.segment(id)
    }
}
