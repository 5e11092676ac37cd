// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Logging

/// What all calls of one service have in common.
public struct ServiceConfiguration: Sendable {
    /// The service's name, as messages give it: "Remote Rendering".
    public var name: String
    public var retry = RetryPolicy()
    /// Longest wait for the head of an answer, each try.
    public var tryTimeout: Duration = .seconds(60)
    /// Longest time for a call with all its tries and waits; a streamed answer's body is not counted.
    public var callTimeout: Duration = .seconds(300)
    /// Longest answer that is taken into memory, in bytes.
    public var largestAnswer = 16 << 20
    public var clock = ServiceClock.system
    public var logger = Logger.silent
    public var redaction = Redaction()
    /// Sent with every call.
    public var headers: HTTPFields = [:]
    /// The header that carries our id of a call, the same in all its tries; `nil` sends none.
    public var requestIDHeader: HTTPField.Name?
    /// Headers of answers whose value the service's makers ask for, in the order of preference.
    public var correlationHeaders: [HTTPField.Name] = []
    /// Reads what a service says in a refusal; `nil` where it says nothing readable.
    public var readError: @Sendable (HTTPResponse, [UInt8]) -> ServiceErrorBody? = { ErrorReading.json($1) }

    public init(name: String) { self.name = name }
}
