// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Logging

extension ServicePipeline {
    /// Sends a call and takes the whole answer into memory; an answer that breaks off counts as a failed try.
    ///
    /// - Throws: `ServiceError`, `.tooLarge` beyond the configured length; `CancellationError`.
    public func collect(_ call: ServiceRequest) async throws -> CollectedResponse {
        let limit = call.largestAnswer ?? configuration.largestAnswer
        let bytesOf: @Sendable (ServiceResponse) async throws -> [UInt8] = { response in
            do {
                return try await response.body.collect(
                    upTo: limit, clock: configuration.clock, within: configuration.callTimeout)
            } catch is ResponseBody.TooLong {
                throw ServiceError(
                    .tooLarge,
                    "\(configuration.name) at \(endpoint.authority) answered with more than \(limit) bytes when asked to "
                        + "\(call.purpose).",
                    status: response.status, correlation: response.marks.correlation,
                    requestID: response.marks.requestID)
            }
        }
        return try await run(call) { response in
            let bytes = try await bytesOf(response)
            let shown = configuration.redaction.body(bytes, without: response.secrets)
            configuration.logger.debug("body of the answer: \(shown)")
            return CollectedResponse(
                head: response.head, bytes: bytes, marks: response.marks,
                retryAfter: RetryPolicy.retryAfter(in: response.head.headerFields, now: configuration.clock.now()))
        }
    }

    /// Sends a call and reads its JSON answer; members that `Answer` does not know are passed over.
    ///
    /// - Throws: `ServiceError`, `.unreadable` when the answer is not an `Answer`; `CancellationError`.
    public func json<Answer: Decodable>(
        _ call: ServiceRequest, as type: Answer.Type, decoder: JSONDecoder = JSONDecoder()
    ) async throws -> Answer {
        try decode(try await collect(call), of: call, as: type, decoder: decoder)
    }

    /// Reads the JSON of an answer that is there.
    ///
    /// - Throws: `ServiceError` with `.unreadable`, which says what came instead.
    public func decode<Answer: Decodable>(
        _ response: CollectedResponse, of call: ServiceRequest, as type: Answer.Type,
        decoder: JSONDecoder = JSONDecoder()
    ) throws(ServiceError) -> Answer {
        do {
            return try decoder.decode(type, from: Data(response.bytes))
        } catch {
            let cause =
                switch error {
                case DecodingError.keyNotFound(let key, _): "without the member \(key.stringValue)"
                case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
                    "whose member \(Self.path(context)) is of another kind"
                case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
                    "whose member \(Self.path(context)) cannot be read"
                default: "that is no JSON"
                }
            throw ServiceError(
                .unreadable,
                "\(configuration.name) at \(endpoint.authority) answered \(response.status) with "
                    + "\(ErrorReading.kind(of: response.bytes)) \(cause) when asked to \(call.purpose)"
                    + "\(Course.text(of: response.marks)).", status: response.status,
                correlation: response.marks.correlation, requestID: response.marks.requestID)
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
