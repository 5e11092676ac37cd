// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Logging

/// One call on its way through all its tries.
struct Course {
    let pipeline: ServicePipeline
    let call: ServiceRequest
    let id = UUID().uuidString.lowercased()
    let start: Duration
    var attempt = 1
    /// Whether a refused proof has been replaced already.
    var isRenewed = false

    /// Bytes of a refusal that are read; no service says more.
    private static let largestRefusal = 64 << 10

    init(pipeline: ServicePipeline, call: ServiceRequest) {
        (self.pipeline, self.call) = (pipeline, call)
        start = pipeline.configuration.clock.uptime()
    }

    private var configuration: ServiceConfiguration { pipeline.configuration }
    private var timeLeft: Duration { configuration.callTimeout - (configuration.clock.uptime() - start) }

    /// The time the next try may take.
    var tryTimeout: Duration { max(.milliseconds(1), min(configuration.tryTimeout, timeLeft)) }

    /// The request of the next try, but for the proof of who calls.
    func request() -> HTTPRequest {
        let endpoint = pipeline.endpoint
        var request = HTTPRequest(
            method: call.method, scheme: endpoint.scheme, authority: endpoint.authority, path: call.path(at: endpoint),
            headerFields: configuration.headers)
        for field in call.headers { request.headerFields[field.name] = field.value }
        if let name = configuration.requestIDHeader { request.headerFields[name] = id }
        if let length = call.body.length { request.headerFields[.contentLength] = String(length) }
        return request
    }

    /// How long to wait before the next try; `nil` when there is none, or no time for one.
    func pause(after failure: ServicePipeline.Failure) -> Duration? {
        guard attempt < configuration.retry.tries else { return nil }
        let pause = configuration.retry.pause(
            after: attempt, retryAfter: failure.retryAfter, chance: configuration.clock.chance())
        return pause < timeLeft ? pause : nil
    }

    func marks(of head: HTTPResponse) -> ExchangeMarks {
        let correlation = configuration.correlationHeaders.lazy.compactMap { head.headerFields[$0] }.first
        let theirs = HTTPField.Name("x-ms-request-id").flatMap { head.headerFields[$0] }
        return ExchangeMarks(correlation: correlation, requestID: theirs ?? id)
    }

    /// What a failed transport means for the call.
    func failure(of error: TransportError, _ request: HTTPRequest) -> ServicePipeline.Failure {
        let code: ServiceError.Code =
            switch error.code {
            case .unreachable, .broken: .unreachable
            case .insecure: .insecure
            case .timedOut: .timedOut
            case .source: .file
            }
        let cause = shown(error.message, request)
        let message = "\(configuration.name) at \(pipeline.endpoint.authority), asked to \(call.purpose): \(cause)."
        return ServicePipeline.Failure(
            error: ServiceError(code, message, requestID: id),
            isWorthRetrying: configuration.retry.allows(error.code, isRepeatable: call.isRepeatable))
    }

    /// What a status that is no success means, with everything the service says about it.
    func refusal(
        _ response: TransportResponse, _ request: HTTPRequest, _ marks: ExchangeMarks
    ) async -> ServicePipeline.Failure {
        let status = response.head.status.code
        // A refusal whose body breaks off is a refusal all the same.
        let bytes = (try? await response.body.collect(upTo: Self.largestRefusal)) ?? []
        let body = configuration.readError(response.head, bytes)?.mapTexts { shown($0, request) }
        log(body: bytes, of: "refusal", request)
        var said = body?.summary ?? ""
        if said.isEmpty, !bytes.isEmpty { said = "and sent \(ErrorReading.kind(of: bytes))" }
        if (300..<400).contains(status), let place = response.head.headerFields[.location] {
            said = "a redirect to \(place.prefix { $0 != "?" }), which is not followed"
        }
        let message =
            "\(configuration.name) at \(pipeline.endpoint.authority) answered \(status) when asked to "
            + "\(call.purpose)\(said.isEmpty ? "" : ": \(shown(said, request))")\(Self.text(of: marks))."
        let now = configuration.clock.now()
        let retryAfter = RetryPolicy.retryAfter(in: response.head.headerFields, now: now)
        return ServicePipeline.Failure(
            error: ServiceError(
                status == 401 ? .unauthorized : .refused, message, status: status, body: body,
                correlation: marks.correlation, requestID: marks.requestID),
            isWorthRetrying: configuration.retry.allows(
                status, retryAfter: retryAfter, isRepeatable: call.isRepeatable),
            retryAfter: retryAfter)
    }

    /// The error that ends the call: it says how often was tried.
    func final(_ error: ServiceError) -> ServiceError {
        guard attempt > 1 else { return error }
        var error = error
        error.message += " Tried \(attempt) times."
        error.tries = attempt
        return error
    }

    static func text(of marks: ExchangeMarks) -> String {
        let parts = [
            marks.correlation.map { "correlation \($0)" }, marks.requestID.map { "request \($0)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }

    private func shown(_ text: String, _ request: HTTPRequest) -> String {
        let redaction = configuration.redaction
        return String(redaction.text(text, without: redaction.secrets(of: request, call)).prefix(2000))
    }
}
