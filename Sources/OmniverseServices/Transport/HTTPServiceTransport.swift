// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes

/// Services over http and https.
struct HTTPServiceTransport: ServiceTransport {
    private let endpoint: ServiceEndpoint
    private let pipeline: ServicePipeline

    /// - Throws: `OmniverseError` with `.badAddress`.
    init(origin: String, transport: (any HTTPTransport)? = nil, options: AsyncClientOptions) throws(OmniverseError) {
        do throws(ServiceError) {
            endpoint = try ServiceEndpoint(origin, plainHTTP: options.allowsPlainHTTP ? .everywhere : .loopbackOnly)
        } catch {
            throw OmniverseError(.badAddress, error.message, underlying: error)
        }
        var configuration = ServiceConfiguration(name: "The service")
        (configuration.retry, configuration.logger) = (options.retry, options.logger)
        (configuration.tryTimeout, configuration.callTimeout) = (options.timeout, options.timeout)
        configuration.largestAnswer = 1 << 30
        pipeline = ServicePipeline(
            endpoint: endpoint, transport: transport ?? AsyncHTTPTransport(options.connection),
            configuration: configuration)
    }

    var address: String { endpoint.description }

    func exchange(_ request: WireRequest) async throws -> ServiceReply {
        var call = ServiceRequest(
            request.method, request.target,
            purpose: "\(request.method.rawValue) \(request.target.prefix { $0 != "?" })",
            headers: request.headers, body: request.body.map { .bytes($0) } ?? .none)
        call.accepts = Set(300...599)
        do {
            let answer = try await pipeline.collect(call)
            return ServiceReply(status: answer.status, headers: answer.head.headerFields, bytes: answer.bytes)
        } catch let error as ServiceError {
            throw OmniverseError(
                .unreachable, error.message, url: address + request.target.prefix { $0 != "?" }, underlying: error)
        }
    }

    func target(ofLink link: String) throws(OmniverseError) -> String {
        do throws(ServiceError) {
            return try endpoint.target(ofLink: link)
        } catch {
            throw OmniverseError(.redirected, error.message, underlying: error)
        }
    }
}
