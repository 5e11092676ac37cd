// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures

/// One recorded exchange with a real Brayns.
struct Recorded: Sendable, CustomStringConvertible {
    var name: String
    /// What the client sent, in order.
    var requests: [TransportMessage]
    /// What the server sent, in order: the JSON text, and whether it was a binary message.
    var replies: [(text: String, isBinary: Bool)]

    var description: String { name }

    /// The exchanges of one server's life, in order.
    static func all() throws -> [Recorded] {
        let folder = Fixtures.url("brayns")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let numbered = names.compactMap { name in
            name.split(separator: "-").first.flatMap { Int($0) }.map { ($0, name) }
        }
        return try numbered.filter { $0.0 >= 11 && $0.0 != 118 }.sorted { $0.0 < $1.0 }.map { try Recorded($0.1) }
    }

    init(_ name: String) throws {
        self.name = name
        (requests, replies) = ([], [])
        let lines = String(decoding: try Fixtures.bytes("brayns/\(name)/wire.jsonl"), as: UTF8.self)
        for line in lines.split(separator: "\n") {
            let frame = try JSONValue(parsing: String(line))
            let isText = frame["kind"]?.stringValue == "text"
            if frame["dir"]?.stringValue == "client->server" {
                requests.append(
                    isText
                        ? .text(frame["text"]?.stringValue ?? "")
                        : .binary(try Fixtures.bytes("brayns/\(name)/request.bin")))
            } else if frame["dir"]?.stringValue == "server->client" {
                var text = frame[isText ? "text" : "json"]?.stringValue ?? ""
                // Long texts are cut in the list of frames and stand whole in a file of their own.
                if text.hasSuffix("...") {
                    text = String(decoding: try Fixtures.bytes("brayns/\(name)/response.json"), as: UTF8.self)
                }
                replies.append((text, !isText))
            }
        }
    }
}
