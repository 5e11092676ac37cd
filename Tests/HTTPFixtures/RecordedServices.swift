// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import Synchronization

/// Gives the answers of a recording, in order, and notes where a request is not the one that was recorded.
public final class RecordedServices: HTTPTransport {
    private struct State {
        var left: [RecordedExchange]
        var differences: [String] = []
        var sent = 0
    }

    /// Headers of the official client that ours has to send with the same value.
    private let compared: [String]
    private let state: Mutex<State>

    /// Whether a query may escape what the recorded one leaves as it is.
    private let decodes: Bool

    /// - Parameters:
    ///   - file: a recording below `Tests/Fixtures`.
    ///   - comparing: names of headers.
    ///   - decoding: compare queries by what they say, not by how they escape it.
    ///   - leavingOut: exchanges that the official client has and ours does without.
    public init(
        _ file: String, comparing: [String] = ["authorization", "accept", "content-type", "metadata"],
        decoding: Bool = false,
        leavingOut: (RecordedExchange) -> Bool = { _ in false }
    ) throws {
        (compared, decodes) = (comparing, decoding)
        state = Mutex(State(left: try RecordedExchange.all(in: file).filter { !leavingOut($0) }))
    }

    /// What was sent otherwise than recorded; empty when all is well.
    public var differences: [String] { state.withLock { $0.differences } }
    /// Exchanges that were recorded and did not happen.
    public var left: Int { state.withLock { $0.left.count } }
    public var sent: Int { state.withLock { $0.sent } }

    public func send(_ request: HTTPRequest, body: RequestBody, timeout: Duration) async throws -> TransportResponse {
        var bytes: [UInt8] = []
        switch body {
        case .none: break
        case .bytes(let given): bytes = given
        case .stream(_, let open): for try await piece in open() { bytes += piece }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let expected: RecordedExchange? = state.withLock { state in
            state.sent += 1
            guard !state.left.isEmpty else {
                state.differences.append("\(request.method) \(request.path ?? "") was never recorded")
                return nil
            }
            let expected = state.left.removeFirst()
            state.differences += differences(request, text, expected)
            return expected
        }
        guard let expected else { return .answer(418) }
        return try expected.response()
    }

    private func differences(_ request: HTTPRequest, _ text: String, _ expected: RecordedExchange) -> [String] {
        var found: [String] = []
        func compare(_ what: String, _ ours: String?, _ theirs: String?) {
            if ours != theirs { found.append("\(what): \(ours ?? "none") instead of \(theirs ?? "none")") }
        }
        compare("method", request.method.rawValue, expected.method)
        compare("host", request.authority, expected.host)
        compare(
            "target", request.path.map { decodes ? PercentEncoding.decode($0) ?? $0 : $0 },
            decodes ? PercentEncoding.decode(expected.target) : expected.target)
        for name in compared {
            compare(name, HTTPField.Name(name).flatMap { request.headerFields[$0] }, expected.header(name))
        }
        if expected.method == "POST" || expected.method == "PUT" {
            compare(
                "length", request.headerFields[.contentLength].map { _ in "there" },
                expected.header("Content-Length").map { _ in "there" })
        }
        guard text != expected.body else { return found }
        if let ours = try? JSONValue(parsing: text), let theirs = try? JSONValue(parsing: expected.body) {
            if ours != theirs { found.append("body: \(text) instead of \(expected.body)") }
        } else {
            compare("form", Self.form(text), Self.form(expected.body))
        }
        return found
    }

    /// A form without the members that only Microsoft's own library sends, in the order of names.
    private static func form(_ text: String) -> String {
        text.split(separator: "&").filter { !$0.hasPrefix("client_info=") }.sorted().joined(separator: "&")
    }
}
