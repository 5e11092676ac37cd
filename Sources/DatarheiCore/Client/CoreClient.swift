// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Logging

/// A client of a datarhei Core: its files, its processes and what it says of itself.
///
/// Written against 16.16.0; what a server lacks fails with `ServiceError.Code.notSupported`, what it has lost with
/// `.missing`. The client logs in when the first call needs it, renews its token before it ends, and once more when a
/// call is refused all the same; calls at the same time share one login.
///
/// ```swift
/// let core = try CoreClient("http://127.0.0.1:8080", credential: .password("admin", Secret("datarhei")))
/// for process in try await core.processes() { print(process.id, process.state?.exec.rawValue ?? "") }
/// let state = try await core.with(retries: 0, timeout: .seconds(2)).processState("live")
/// ```
public struct CoreClient: Sendable {
    /// How to reach a Core.
    public struct Options: Sendable {
        public var transport: any HTTPTransport
        /// Further tries of a call that did not come through; 0 for none. What may have been carried out is only asked
        /// for again when doing it twice does no harm.
        public var retries = 3
        /// Longest wait for the head of an answer, each try; what is sent gets a second more for every 256 KiB. A call
        /// with no time, `.zero`, fails at once.
        public var timeout: Duration = .seconds(10)
        public var clock = ServiceClock.system
        public var logger = Logger.silent
        /// Which hosts may be sent passwords and tokens without TLS.
        public var plainHTTP = ServiceEndpoint.PlainHTTP.loopbackOnly
        public var userAgent = "darkroom"

        public init(transport: any HTTPTransport = AsyncHTTPTransport()) { self.transport = transport }
    }

    public let endpoint: ServiceEndpoint
    public private(set) var options: Options
    let authorization: CoreAuthorization?

    /// - Throws: `ServiceError` with `.badAddress` for an address that is none, or lacks TLS where that is not allowed.
    public init(
        _ address: String, credential: CoreCredential = .anonymous, options: Options = Options()
    ) throws(ServiceError) {
        endpoint = try ServiceEndpoint(address, plainHTTP: options.plainHTTP)
        self.options = options
        var patient = Self.configuration(options)
        // A wrong password is answered after 5 s; a caller in a hurry must not be the end of everybody's login.
        patient.tryTimeout = max(options.timeout, .seconds(15))
        let pipeline = ServicePipeline(endpoint: endpoint, transport: options.transport, configuration: patient)
        authorization =
            credential.isAnonymous
            ? nil : CoreAuthorization(CoreLogin(credential, pipeline: pipeline), configuration: patient)
    }

    /// The same client, logged in as it is, with other limits for the calls that are made through the copy.
    ///
    /// - Parameters:
    ///   - retries: further tries; 0 for none, `nil` to leave it.
    ///   - timeout: longest wait for an answer; zero fails at once, `nil` to leave it.
    public func with(retries: Int? = nil, timeout: Duration? = nil) -> CoreClient {
        var client = self
        if let retries { client.options.retries = max(0, retries) }
        if let timeout { client.options.timeout = timeout }
        return client
    }

    private static func configuration(_ options: Options) -> ServiceConfiguration {
        var configuration = ServiceConfiguration(name: "datarhei Core")
        (configuration.clock, configuration.logger) = (options.clock, options.logger)
        configuration.retry.tries = options.retries + 1
        configuration.retry.firstPause = .milliseconds(500)
        configuration.retry.longestPause = .seconds(30)
        // A process may have been added though the answer says that something went wrong.
        configuration.retry.statusesOfOthers = [429, 503]
        configuration.tryTimeout = options.timeout
        configuration.callTimeout = options.timeout * (options.retries + 1) + .seconds(120)
        configuration.headers[.userAgent] = options.userAgent
        configuration.readError = { CoreRefusal.body($1) }
        return configuration
    }

    /// The way of one call.
    ///
    /// - Parameter isOpen: whether the route is open to everybody, so that nobody need log in for it.
    func pipeline(for call: ServiceRequest, isOpen: Bool = false) throws(ServiceError) -> ServicePipeline {
        guard options.timeout > .zero else {
            throw ServiceError(.timedOut, "There is no time to \(call.purpose): the timeout is 0.")
        }
        var configuration = Self.configuration(options)
        if let length = call.body.length {
            let extra = Duration.seconds(Double(length) / Double(256 << 10))
            configuration.tryTimeout += extra
            configuration.callTimeout += extra * (options.retries + 1)
        }
        var authorizer: any RequestAuthorizer = NoAuthorization()
        if !isOpen, let authorization { authorizer = authorization }
        return ServicePipeline(
            endpoint: endpoint, transport: options.transport, authorizer: authorizer, configuration: configuration)
    }
}
