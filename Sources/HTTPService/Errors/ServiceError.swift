// SPDX-License-Identifier: Apache-2.0

/// Why a call of a service failed; no text of it holds a secret.
public struct ServiceError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure; more may come.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        private init(_ rawValue: String) { self.rawValue = rawValue }

        /// The service answered with a status that is no success; `status` holds it.
        public static let refused = Code("refused")
        /// Who calls is not known or may not: a 401, a rejected key, an unusable token.
        public static let unauthorized = Code("unauthorized")
        /// No connection could be made, or it broke on every try.
        public static let unreachable = Code("unreachable")
        /// The peer cannot prove who it is.
        public static let insecure = Code("insecure")
        /// No answer in the time allowed.
        public static let timedOut = Code("timedOut")
        /// An answer that is not what the call gives: no JSON, HTML, a missing member.
        public static let unreadable = Code("unreadable")
        /// An answer longer than what the call can give.
        public static let tooLarge = Code("tooLarge")
        /// A link or redirect that leads to another origin.
        public static let foreignLink = Code("foreignLink")
        /// An address that is none, or that may not be used without TLS.
        public static let badAddress = Code("badAddress")
        /// A value that no service could take.
        public static let badArgument = Code("badArgument")
        /// What proves who calls is not at hand on this machine.
        public static let noCredential = Code("noCredential")
        /// What was to be sent could not be read, or what came could not be written.
        public static let file = Code("file")
    }

    public var code: Code
    /// One sentence: what was asked of whom, what came back, what to do.
    public var message: String
    /// The HTTP status, where there was an answer.
    public var status: Int?
    /// What the service said about it.
    public var body: ServiceErrorBody?
    /// The service's own mark of the exchange, which its makers ask for (`MS-CV`).
    public var correlation: String?
    /// The id of the request: the service's where it gave one, else ours.
    public var requestID: String?
    /// How often the call was sent.
    public var tries = 1
    public var underlying: (any Error)?

    public init(
        _ code: Code, _ message: String, status: Int? = nil, body: ServiceErrorBody? = nil,
        correlation: String? = nil, requestID: String? = nil, underlying: (any Error)? = nil
    ) {
        (self.code, self.message, self.status, self.body) = (code, message, status, body)
        (self.correlation, self.requestID, self.underlying) = (correlation, requestID, underlying)
    }

    public var description: String { message }
}
