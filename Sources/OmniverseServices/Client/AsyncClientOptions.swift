// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Logging

/// How a client calls.
public struct AsyncClientOptions: Sendable {
    /// What the service's OpenAPI document is used for.
    public enum DocumentUse: Sendable, Hashable {
        /// Names, methods and the places of arguments.
        case full
        /// The method of a chain that names none, as the original client does.
        case methodOnly
        /// It is not asked for.
        case none
    }

    public var documentUse = DocumentUse.full
    /// Whether a status of 400 and above is thrown; else it is in the reply.
    public var throwsForStatus = true
    /// The original tries once; a service that says when to come back may be worth more.
    public var retry = RetryPolicy.never
    /// Longest time for a call with its tries and redirects.
    public var timeout = Duration.seconds(300)
    /// How to connect: authorities to trust, time to connect.
    public var connection = AsyncHTTPTransport.Options()
    /// Whether plain http may leave this machine; services of this kind stand in closed networks without TLS.
    public var allowsPlainHTTP = true
    public var logger = Logger(label: "omniverse") { _ in SwiftLogNoOpLogHandler() }

    public init() {}
}
