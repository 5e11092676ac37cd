// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Synchronization

/// A server in memory: answers come from a closure, requests are kept.
public final class FakeTransport: HTTPTransport {
    /// A request as it came.
    public struct Request: Sendable {
        public var head: HTTPRequest
        public var body: [UInt8]
        public var timeout: Duration

        public var method: String { head.method.rawValue }
        public var host: String { head.authority ?? "" }
        public var path: String { head.path ?? "" }
        public var text: String { String(decoding: body, as: UTF8.self) }

        /// A header's value.
        public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { head.headerFields[$0] } }
    }

    private let kept = Mutex<[Request]>([])
    private let answer: @Sendable (Request, Int) async throws -> TransportResponse

    /// - Parameter answer: given a request and how many came before it.
    public init(_ answer: @escaping @Sendable (Request, Int) async throws -> TransportResponse) {
        self.answer = answer
    }

    /// Answers in their order; the last one goes on for ever.
    public convenience init(_ answers: [TransportResponse]) {
        self.init { _, index in answers[min(index, answers.count - 1)] }
    }

    public var requests: [Request] { kept.withLock { $0 } }

    public func send(_ request: HTTPRequest, body: RequestBody, timeout: Duration) async throws -> TransportResponse {
        var bytes: [UInt8] = []
        switch body {
        case .none: break
        case .bytes(let given): bytes = given
        case .stream(_, let open):
            do {
                for try await piece in open() { bytes += piece }
            } catch {
                throw TransportError(.source, "what was to be sent could not be read: \(error)", underlying: error)
            }
        }
        let received = Request(head: request, body: bytes, timeout: timeout)
        let index = kept.withLock { requests in
            requests.append(received)
            return requests.count - 1
        }
        return try await answer(received, index)
    }
}

extension TransportResponse {
    /// An answer with a text.
    public static func answer(
        _ status: Int, _ text: String = "", headers: [(name: String, value: String)] = []
    ) -> TransportResponse {
        var head = HTTPResponse(status: .init(code: status))
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            head.headerFields.append(HTTPField(name: name, value: value))
        }
        return TransportResponse(head, body: ResponseBody(bytes: Array(text.utf8)))
    }

    /// The same answer, whose body breaks off after what there is of it.
    public func breakingOff() -> TransportResponse {
        let whole = body
        let pieces = AsyncThrowingStream<[UInt8], any Error> { continuation in
            Task {
                for try await piece in whole { continuation.yield(piece) }
                continuation.finish(throwing: TransportError(.broken, "the connection was closed half-way"))
            }
        }
        return TransportResponse(head, body: ResponseBody(pieces))
    }
}
