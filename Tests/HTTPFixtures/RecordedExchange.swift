// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import TestFixtures

/// One request that an official client sent, with the answer it got.
public struct RecordedExchange: Sendable {
    public var method: String
    public var host: String
    /// Path and query as they were on the wire.
    public var target: String
    public var headers: [(name: String, value: String)]
    public var body: String
    /// `nil` where the connection was closed without an answer.
    public var status: Int?
    public var answerHeaders: [(name: String, value: String)]
    public var answer: String

    /// All exchanges of a recording below `Tests/Fixtures`.
    public static func all(in file: String) throws -> [RecordedExchange] {
        let value = try JSONValue(parsing: Fixtures.bytes(file))
        return (value["events"]?.arrayValue ?? []).filter { $0["kind"]?.stringValue == "exchange" }.map(Self.init)
    }

    private init(_ event: JSONValue) {
        let (request, response) = (event["request"], event["response"])
        method = request?["method"]?.stringValue ?? ""
        host = request?["host"]?.stringValue ?? ""
        target = request?["target"]?.stringValue ?? ""
        headers = Self.pairs(request?["headers"])
        body = request?["bodyText"]?.stringValue ?? ""
        status = response?["status"]?.intValue.map { Int($0) }
        answerHeaders = Self.pairs(response?["headers"])
        answer = response?["bodyText"]?.stringValue ?? ""
    }

    private static func pairs(_ value: JSONValue?) -> [(name: String, value: String)] {
        (value?.arrayValue ?? []).compactMap { pair in
            guard let pair = pair.arrayValue, pair.count == 2 else { return nil }
            return (pair[0].stringValue ?? "", pair[1].stringValue ?? "")
        }
    }

    /// A header that the official client sent.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The recorded answer as a transport gives it.
    public func response() throws -> TransportResponse {
        guard let status else { throw TransportError(.broken, "the connection was closed before an answer came") }
        return .answer(status, answer, headers: answerHeaders)
    }
}
