// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import JSONRPC
import TestFixtures

/// One request to a real Core with its answer.
struct CoreExchange {
    var method: String
    var path: String
    /// Query items as they were meant, in the order of their names.
    var query: [String]
    var contentType: String?
    var isAuthorized: Bool
    var body: JSONValue?
    var status: Int
    var answer: String
    var answerHeaders: [(name: String, value: String)]

    /// - Parameter name: of the file, without its ending.
    init(_ name: String) throws {
        let value = try JSONValue(parsing: Fixtures.bytes("datarhei-core/\(name).json"))
        let (request, response) = (value["request"], value["response"])
        let target = request?["path"]?.stringValue ?? ""
        (path, query) = Self.split(target)
        method = request?["method"]?.stringValue ?? ""
        contentType = request?["headers"]?["Content-Type"]?.stringValue
        isAuthorized = request?["headers"]?["Authorization"] != nil
        body = request?["body_kind"]?.stringValue == "none" ? nil : request?["body"]
        status = Int(response?["status"]?.intValue ?? 0)
        let content = response?["body"]
        answer =
            response?["body_kind"]?.stringValue == "json"
            ? (content ?? .null).serialized() : content?.stringValue ?? ""
        // The lengths are those of the answer before anything was cut.
        answerHeaders = (response?["headers"]?.objectValue ?? [:]).filter { $0.key != "Content-Length" }
            .map { ($0.key, $0.value.stringValue ?? "") }
    }

    static func split(_ target: String) -> (String, [String]) {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let items = parts.count < 2 ? [] : parts[1].split(separator: "&").map { PercentEncoding.decode($0) ?? "?" }
        return (parts.first ?? "", items.sorted())
    }

    var response: TransportResponse { .answer(status, answer, headers: answerHeaders) }
}

/// A client of a Core that gives recorded answers.
struct CoreSetup {
    /// What is sent as access token where nobody has to log in.
    static let token = Secret("fixed")

    let clock = ManualClock()
    let log = LogRecorder()
    let transport: FakeTransport
    let client: CoreClient

    init(
        _ transport: FakeTransport, _ credential: CoreCredential = .tokens(access: CoreSetup.token),
        address: String = "http://127.0.0.1:8080", retries: Int = 3
    ) throws {
        self.transport = transport
        var options = CoreClient.Options(transport: transport)
        (options.clock, options.logger, options.retries) = (clock.clock, log.logger, retries)
        client = try CoreClient(address, credential: credential, options: options)
    }

    /// Answers of recordings, in their order.
    init(recorded names: String...) throws {
        let answers = try names.map { try CoreExchange($0).response }
        try self.init(FakeTransport(answers))
    }

    /// An answer of this status with a body, over and over.
    init(_ status: Int, _ text: String = "") throws { try self.init(FakeTransport([.answer(status, text)])) }
}
