// SPDX-License-Identifier: Apache-2.0
import HTTPService

/// How something that was waited for ended instead; refusals of calls are `ServiceError`.
public struct RemoteRenderingError: Error, Sendable, CustomStringConvertible {
    /// The kinds of end.
    public enum Code: String, Sendable, Hashable {
        /// The conversion or session failed at the service.
        case failed
        /// The conversion was cancelled, or the session stopped.
        case cancelled
        /// The session's lease is over.
        case expired
        /// A status that this version does not know.
        case unknownStatus
        /// It was still pending when the time allowed was over.
        case deadline
    }

    public var code: Code
    /// One sentence that names the conversion or session and the cause.
    public var message: String
    /// What the service says about it, with details and inner errors.
    public var body: ServiceErrorBody?
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, body: ServiceErrorBody? = nil, underlying: (any Error)? = nil) {
        (self.code, self.message, self.body, self.underlying) = (code, message, body, underlying)
    }

    public var description: String { message }
}
