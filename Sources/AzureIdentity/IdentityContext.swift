// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Logging

/// What all ways to an Entra token need of their surroundings.
public struct IdentityContext: Sendable {
    public var transport: any HTTPTransport
    public var clock: ServiceClock
    public var logger: Logger
    /// Environment variables, such as `AZURE_TENANT_ID`.
    public var environment: [String: String]
    /// Where Entra gives tokens; `AZURE_AUTHORITY_HOST` overrides it.
    public var authority = "https://login.microsoftonline.com"
    /// Where a virtual machine asks for its own identity: a link-local address that leaves no cable.
    public var metadataService = "http://169.254.169.254"

    public init(
        transport: any HTTPTransport, clock: ServiceClock = .system, logger: Logger = .silent,
        environment: [String: String]
    ) {
        (self.transport, self.clock, self.logger, self.environment) = (transport, clock, logger, environment)
        if let host = environment["AZURE_AUTHORITY_HOST"], !host.isEmpty {
            authority = host.contains("://") ? host : "https://\(host)"
        }
    }

    /// The pipeline to one place that gives tokens.
    func pipeline(
        _ name: String, at address: String, plainHTTP: ServiceEndpoint.PlainHTTP = .loopbackOnly,
        change: (inout ServiceConfiguration) -> Void = { _ in }
    ) throws(ServiceError) -> ServicePipeline {
        var configuration = ServiceConfiguration(name: name)
        (configuration.clock, configuration.logger) = (clock, logger)
        configuration.tryTimeout = .seconds(30)
        change(&configuration)
        return ServicePipeline(
            endpoint: try ServiceEndpoint(address, plainHTTP: plainHTTP), transport: transport,
            configuration: configuration)
    }

    /// A variable that is there and not empty.
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
}
