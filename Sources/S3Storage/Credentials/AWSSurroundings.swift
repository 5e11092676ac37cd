// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Logging

/// What the ways to credentials look at: variables, the user's files, services of the machine.
public struct AWSSurroundings: Sendable {
    public var environment: [String: String]
    public var transport: any HTTPTransport
    public var clock: ServiceClock
    public var logger: Logger
    /// Where a virtual machine asks for its role's keys: a link-local address that leaves no cable.
    public var metadataService = "http://169.254.169.254"
    /// Where a container asks for its task's keys.
    public var containerService = "http://169.254.170.2"

    public init(
        environment: [String: String], transport: any HTTPTransport, clock: ServiceClock = .system,
        logger: Logger = .silent
    ) {
        (self.environment, self.transport) = (environment, transport)
        (self.clock, self.logger) = (clock, logger)
    }

    /// A variable that is there and not empty.
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The profile in use.
    var profileName: String { variable("AWS_PROFILE") ?? variable("AWS_DEFAULT_PROFILE") ?? "default" }

    /// What the user's files say of the profile; empty when there are none.
    public func profile() throws(ServiceError) -> AWSProfile { try profile(profileName) }

    func profile(_ name: String) throws(ServiceError) -> AWSProfile {
        let home = variable("HOME") ?? ""
        let shared = variable("AWS_SHARED_CREDENTIALS_FILE") ?? "\(home)/.aws/credentials"
        let config = variable("AWS_CONFIG_FILE") ?? "\(home)/.aws/config"
        return try AWSProfile(name: name, credentials: shared, config: config)
    }

    /// The region that is set: by a variable, else by the profile.
    public func region() throws(ServiceError) -> String? {
        if let region = variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") { return region }
        return try profile()["region"]
    }

    /// The address of S3 that is set: by a variable, else by the profile.
    public func endpoint() throws(ServiceError) -> String? {
        if let address = variable("AWS_ENDPOINT_URL_S3") ?? variable("AWS_ENDPOINT_URL") { return address }
        return try profile()["endpoint_url"]
    }

    /// The pipeline to a service of the machine, which answers soon or is not there.
    func pipeline(_ name: String, at address: String) throws(ServiceError) -> ServicePipeline {
        var configuration = ServiceConfiguration(name: name)
        (configuration.clock, configuration.logger) = (clock, logger)
        (configuration.tryTimeout, configuration.callTimeout) = (.seconds(2), .seconds(6))
        (configuration.retry.tries, configuration.retry.firstPause) = (3, .milliseconds(200))
        configuration.retry.retriesUnreachable = false
        return ServicePipeline(
            endpoint: try ServiceEndpoint(address, plainHTTP: .everywhere), transport: transport,
            configuration: configuration)
    }

    /// A short file's text without white space at its ends.
    func text(of file: String, for purpose: String) throws(ServiceError) -> Secret {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ServiceError(.noCredential, "\(purpose) \(file) cannot be read.")
        }
        return Secret(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
