// SPDX-License-Identifier: Apache-2.0
import HTTPFixtures
import HTTPService
import HTTPTypes

/// A pipeline to a server in memory, with its clock and its log.
struct ServiceSetup {
    let transport: FakeTransport
    let clock = ManualClock()
    let log = LogRecorder()
    let pipeline: ServicePipeline

    init(
        _ transport: FakeTransport, at address: String = "https://service.example/base",
        authorizer: any RequestAuthorizer = NoAuthorization(), change: (inout ServiceConfiguration) -> Void = { _ in }
    ) throws {
        self.transport = transport
        var configuration = ServiceConfiguration(name: "The test service")
        (configuration.clock, configuration.logger) = (clock.clock, log.logger)
        configuration.requestIDHeader = HTTPField.Name("x-ms-client-request-id")
        configuration.correlationHeaders = [HTTPField.Name("MS-CV")!]
        change(&configuration)
        pipeline = ServicePipeline(
            endpoint: try ServiceEndpoint(address), transport: transport, authorizer: authorizer,
            configuration: configuration)
    }

    init(_ answers: [TransportResponse]) throws { try self.init(FakeTransport(answers)) }

    /// What a call ends in when it does not succeed.
    func failure(_ call: ServiceRequest) async -> ServiceError? {
        do {
            _ = try await pipeline.collect(call)
            return nil
        } catch {
            return error as? ServiceError
        }
    }

    static let get = ServiceRequest(.get, "/thing?sig=hidden&prefix=a", purpose: "get the thing")
    static let post = ServiceRequest(.post, "/thing", purpose: "change the thing", body: .bytes(Array("{}".utf8)))
}
