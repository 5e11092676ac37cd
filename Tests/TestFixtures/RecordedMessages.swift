// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

/// The messages of the recordings of a real Brayns, in order.
public struct RecordedMessage: Sendable {
    /// The recording's folder below `Fixtures/brayns`.
    public var folder: String
    public var isFromServer: Bool
    /// The JSON part; not necessarily JSON, since some recordings are of broken messages.
    public var text: String
    /// What followed the JSON.
    public var payload: [UInt8]

    /// A message of one's own.
    public init(isFromServer: Bool, text: String) {
        (folder, self.isFromServer, self.text, payload) = ("", isFromServer, text, [])
    }

    /// The JSON part, if it is JSON.
    public var json: JSONValue? { try? JSONValue(parsing: text) }

    /// All recordings that were written down frame by frame.
    public static func all() throws -> [[RecordedMessage]] {
        let root = Fixtures.url("brayns")
        let folders = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter {
            $0.hasSuffix("/wire.jsonl")
        }
        return try folders.sorted().map { try read(folder: String($0.dropLast("/wire.jsonl".count))) }
    }

    /// One recording.
    public static func read(folder: String) throws -> [RecordedMessage] {
        let lines = String(decoding: try Fixtures.bytes("brayns/\(folder)/wire.jsonl"), as: UTF8.self)
        return try lines.split(separator: "\n").compactMap { line in
            let entry = try JSONValue(parsing: String(line))
            guard let direction = entry["dir"]?.stringValue else { return nil }
            var message = RecordedMessage(
                isFromServer: direction.hasPrefix("server"), text: entry["text"]?.stringValue ?? "")
            message.folder = folder
            if let file = entry["file"]?.stringValue {
                let bytes = try Fixtures.bytes("brayns/\(folder)/\(file)")
                // Two recordings are of frames that are none.
                let size = bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
                guard bytes.count >= 4, size <= bytes.count - 4 else { return message }
                message.text = String(decoding: bytes[4..<4 + size], as: UTF8.self)
                message.payload = Array(bytes[(4 + size)...])
            }
            return message
        }
    }
}
